// Builds the front end into core/static/dist: hashed names, a manifest, and a .gz beside each file.
//
//   <package>/frontend/<name>.js  → logical name <package>/<name>.js   (a leading "_" is no entry)
//   core/frontend/app.css         → core/app.css                       (Tailwind and daisyUI)
//   <package>/frontend/<name>.css → <package>/<name>.css               (plain, for that package's pages)
//   core/frontend/icons.txt       → core/icons.svg                     (one <symbol id="name"> each)
//
// The new folder is made beside the old one and swapped in at the end, so that a server started
// meanwhile never sees half a build. Refuses unknown icons and an unreadable source.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const PACKAGES = ["core", "catalog", "payments", "shop", "livestream"];
const DIST = "core/static/dist";
const FRESH = `core/static/.dist-${process.pid}`;
const OLD = `core/static/.dist-old-${process.pid}`;
const APP_CSS = "core/frontend/app.css";
const ICON_SHEET = "core/frontend/icons.txt";
const STROKE =
  'fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"';

const find = createRequire(import.meta.url).resolve;

function entryPoints() {
  return PACKAGES.flatMap((name) => {
    const folder = join(name, "frontend");
    const files = existsSync(folder) ? readdirSync(folder).sort() : [];
    return files
      .filter((file) => /^[^_].*\.(js|css)$/.test(file) && join(folder, file) !== APP_CSS)
      .map((file) => ({ logical: `${name}/${file}`, source: join(folder, file) }));
  });
}

// Each entry carries all it needs: a page loads base.js and app.css, and at most one more of each.
async function bundle(source) {
  const result = await build({
    entryPoints: [source],
    bundle: true,
    minify: true,
    format: "esm",
    target: source.endsWith(".js") ? "es2019" : undefined,
    external: ["/static/*"],
    charset: "utf8",
    legalComments: "none",
    write: false,
  });
  return Buffer.from(result.outputFiles[0].contents);
}

function stylesheet(source) {
  const cli = join(dirname(find("@tailwindcss/cli/package.json")), "dist/index.mjs");
  return execFileSync(process.execPath, [cli, "-i", source, "--minify"], {
    stdio: ["ignore", "pipe", "pipe"],
    maxBuffer: 1 << 26,
  });
}

function symbol(name) {
  const file = join(dirname(find("lucide-static/package.json")), "icons", `${name}.svg`);
  if (!existsSync(file)) throw new Error(`${ICON_SHEET}: lucide has no icon "${name}"`);
  const drawing = readFileSync(file, "utf8").replace(/^[\s\S]*?<svg[^>]*>|<\/svg>\s*$/g, "");
  const shapes = drawing.replace(/\s*\n\s*/g, "").replace(/ \/>/g, "/>");
  return `<symbol id="${name}" viewBox="0 0 24 24" ${STROKE}>${shapes}</symbol>`;
}

function iconSprite() {
  const names = readFileSync(ICON_SHEET, "utf8").split(/\s+/).filter(Boolean);
  const symbols = [...new Set(names)].sort().map(symbol).join("");
  return Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg">${symbols}</svg>`);
}

function store(logical, contents) {
  const hash = createHash("sha256").update(contents).digest("hex").slice(0, 10);
  const file = logical.replace(/(\.\w+)$/, `-${hash}$1`);
  const path = join(FRESH, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, contents);
  writeFileSync(`${path}.gz`, gzipSync(contents, { level: 9 }));
  return file;
}

async function everything() {
  const made = {};
  for (const { logical, source } of entryPoints()) made[logical] = store(logical, await bundle(source));
  made["core/app.css"] = store("core/app.css", stylesheet(APP_CSS));
  if (existsSync(ICON_SHEET)) made["core/icons.svg"] = store("core/icons.svg", iconSprite());
  return made;
}

function swapIn() {
  if (existsSync(DIST)) renameSync(DIST, OLD);
  renameSync(FRESH, DIST);
  rmSync(OLD, { recursive: true, force: true });
}

try {
  const made = await everything();
  writeFileSync(join(FRESH, "manifest.json"), `${JSON.stringify(made, null, 2)}\n`);
  swapIn();
  console.log(`${Object.keys(made).length} assets built`);
} catch (error) {
  // Tailwind's own words come on its standard error; esbuild's message says file and line.
  console.error(error.stderr?.toString() || error.message);
  process.exitCode = 1;
} finally {
  rmSync(FRESH, { recursive: true, force: true });
}
