// Reads calendars with ical.js and prints each as one line of JSON: {"faults": [...], "events": [...]}.
"use strict";
const { readFileSync } = require("node:fs");
const ICAL = require("ical.js");

/** A moment in UTC by the zone that the calendar itself describes; a day stays a day. */
function moment(time) {
  return time.isDate ? time.toString() : time.convertToZone(ICAL.Timezone.utcTimezone).toString();
}

function read(path) {
  const calendar = ICAL.Component.fromString(readFileSync(path, "utf8"));
  ICAL.TimezoneService.reset();
  calendar.getAllSubcomponents("vtimezone").forEach((zone) => ICAL.TimezoneService.register(zone));
  const events = calendar.getAllSubcomponents("vevent").map((component) => {
    const event = new ICAL.Event(component);
    return [
      event.uid, moment(event.startDate), moment(event.endDate), event.summary ?? "",
      event.description ?? "", event.sequence, component.getFirstPropertyValue("status"),
    ];
  });
  return { faults: [], events };
}

for (const path of process.argv.slice(2)) {
  console.log(JSON.stringify(read(path)));
}
