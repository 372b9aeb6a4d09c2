// Make pages of notebooks, as `notebooks build` does, with the packages of this folder in place of the web's.
import {config, observable} from "@observablehq/notebook-kit/vite";
import {build} from "vite";

const [root, outDir, ...input] = process.argv.slice(2);
const web = "https://cdn.jsdelivr.net/npm/";
const packages = "@observablehq/plot|@observablehq/inputs|d3-dsv";
const settings = config();
settings.resolve.alias.unshift({find: new RegExp(`^${web}(${packages})/\\+esm$`), replacement: "$1"});
const styles = {
  name: "styles",
  enforce: "pre",
  transform: (code, id) => (id.includes(".css") ? code.replaceAll(web, "") : null)
};
// The packages are not above the notebooks, where their fonts would be looked for.
const withoutFonts = (html) => html.replace(/^.*@fontsource.*$/gm, "");
await build({
  ...settings,
  plugins: [styles, observable({transformTemplate: withoutFonts})],
  root,
  logLevel: "error",
  build: {outDir, emptyOutDir: true, minify: false, rollupOptions: {input}}
});
