// Reads calendars with node-ical and prints each as one line of JSON: {"faults": [...], "events": [...]}.
"use strict";
const ical = require("node-ical");

/** A moment in UTC; a day, which node-ical gives as midnight of this machine, as a day. */
function moment(at) {
  if (at.dateOnly) {
    const day = [at.getFullYear(), at.getMonth() + 1, at.getDate()];
    return day.map((part) => String(part).padStart(2, "0")).join("-");
  }
  return at.toISOString().replace(".000Z", "Z");
}

/** The text of a property, which is an object where the property has parameters. */
function text(value) {
  return typeof value === "object" ? value.val : (value ?? "");
}

function read(path) {
  const found = Object.values(ical.sync.parseFile(path));
  const events = found.filter((one) => one.type === "VEVENT").map((event) => [
    event.uid, moment(event.start), moment(event.end), text(event.summary), text(event.description),
    Number(event.sequence), event.status,
  ]);
  return { faults: [], events };
}

for (const path of process.argv.slice(2)) {
  console.log(JSON.stringify(read(path)));
}
