// The tables that are named, as `typed: true` reads them.
import {readFileSync} from "node:fs";
import {autoType, csvParse} from "d3-dsv";

const read = (path) => [path, csvParse(readFileSync(path, "utf8"), autoType)];
console.log(JSON.stringify(Object.fromEntries(process.argv.slice(2).map(read))));
