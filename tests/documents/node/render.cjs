// From an array of documents in JSON to an array of what commonmark.js shows for them.
const { HtmlRenderer, Parser } = require("commonmark");

let given = "";
process.stdin.setEncoding("utf8");
process.stdin.on("data", (part) => (given += part));
process.stdin.on("end", () => {
  const shown = JSON.parse(given).map((text) => new HtmlRenderer().render(new Parser().parse(text)));
  process.stdout.write(JSON.stringify(shown));
});
