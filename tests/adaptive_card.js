// Reads cards with the renderer of their makers and fails on the first event that it reports.
const { readFileSync } = require("fs");
const { AdaptiveCard, SerializationContext, Versions } = require("adaptivecards/dist/adaptivecards.js");

const cards = JSON.parse(readFileSync(process.argv[2], "utf8"));
for (const json of cards) {
  delete json.lang; // its pattern has the flag g, by which every other card's language is refused
  const context = new SerializationContext(Versions.v1_5);
  const card = new AdaptiveCard();
  card.parse(json, context);
  const events = [];
  for (let number = 0; number < context.eventCount; number++) events.push(context.getEventAt(number).message);
  for (const failure of card.validateProperties().validationEvents) events.push(failure.message);
  if (events.length) {
    console.error(json.fallbackText, events);
    process.exit(1);
  }
}
console.log(`${cards.length} cards`);
