// From a table as a spreadsheet reads it to an array of its rows in JSON; the sign that parts its cells is the argument.
const { parse } = require("csv-parse/sync");

let given = "";
process.stdin.setEncoding("utf8");
process.stdin.on("data", (part) => (given += part));
process.stdin.on("end", () => {
  const rows = parse(given, { bom: true, delimiter: process.argv[2], relax_column_count: false });
  process.stdout.write(JSON.stringify(rows));
});
