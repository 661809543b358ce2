// What Thunderbird is asked to do; run inside of it. Called with the name of an action and its arguments.
"use strict";
const { cal } = ChromeUtils.importESModule("resource:///modules/calendar/calUtils.sys.mjs");
const { CalendarFileImporter } = ChromeUtils.importESModule("resource:///modules/CalendarFileImporter.sys.mjs");

const byName = (name) => cal.manager.getCalendars().find((one) => one.name === name);

function moment(time) {
  const iso = cal.dtz.toRFC3339(time.isDate ? time : time.getInTimezone(cal.dtz.UTC));
  return iso.replace("+00:00", "Z");
}

function row(item) {
  return [
    item.id, moment(item.startDate), moment(item.endDate), item.title, item.getProperty("DESCRIPTION") ?? "",
    Number(item.getProperty("SEQUENCE") ?? 0), item.status ?? "",
  ];
}

/** Resolves when a calendar has read what its server answered. */
function loaded(calendar) {
  return new Promise((resolve, reject) => {
    const observer = {
      QueryInterface: ChromeUtils.generateQI(["calIObserver"]),
      onStartBatch() {}, onEndBatch() {}, onAddItem() {}, onModifyItem() {}, onDeleteItem() {},
      onPropertyChanged() {}, onPropertyDeleting() {},
      onError(_, number, message) { reject(new Error(`${number} ${message}`)); },
      onLoad() { calendar.removeObserver(observer); resolve(); },
    };
    calendar.addObserver(observer);
  });
}

const actions = {
  /** Import a file as the import dialog does, into a local calendar that is made if need be. */
  async take(name, path) {
    if (!byName(name)) {
      const made = cal.manager.createCalendar("storage", Services.io.newURI("moz-storage-calendar://"));
      made.name = name;
      cal.manager.registerCalendar(made);
    }
    const importer = new CalendarFileImporter();
    const file = Cc["@mozilla.org/file/local;1"].createInstance(Ci.nsIFile);
    file.initWithPath(path);
    const items = await importer.parseIcsFile(file);
    try {
      await importer.startImport(items, byName(name));
    } catch (error) {
      return error.result === Ci.calIErrors.DUPLICATE_ID || error === Ci.calIErrors.DUPLICATE_ID ? "known" : `${error}`;
    }
    return "taken";
  },

  /** Subscribe to an address as the dialog for a calendar on the network does, offline support on. */
  async subscribe(name, url) {
    const made = cal.manager.createCalendar("ics", Services.io.newURI(url));
    made.name = name;
    made.setProperty("cache.enabled", true);
    cal.manager.registerCalendar(made);  // asks the server for the first time
    await loaded(byName(name));
    return "subscribed";
  },

  /** Ask the server again, as the button for it does, and wait until that is done. */
  async refresh(name) {
    const calendar = byName(name);
    const done = loaded(calendar);
    calendar.refresh();
    await done;
    return "asked";
  },

  async delete(name, ...ids) {
    const calendar = byName(name);
    for (const id of ids) {
      await calendar.deleteItem(await calendar.getItem(id));
    }
    return "deleted";
  },

  /** Everything in a calendar. */
  async shown(name) {
    const all = Ci.calICalendar.ITEM_FILTER_TYPE_EVENT | Ci.calICalendar.ITEM_FILTER_COMPLETED_ALL;
    const items = await byName(name).getItemsAsArray(all, 0, null, null);
    return items.map(row);
  },
};

const [action, ...rest] = Array.from(arguments).slice(0, -1);
const done = arguments[arguments.length - 1];
actions[action](...rest).then((value) => done({ value }), (error) => done({ error: `${error} ${error.stack}` }));
