/**
 * What the bundler takes differently from packages that do more at start than our programs need. Each change names the very
 * text that it replaces, so that an upgrade of the package which moves it stops the build instead of undoing the change.
 */
import type { OnLoadResult, Plugin, PluginBuild } from "esbuild"
import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { plain } from "./PlainSegmenter.ts"

type Change = readonly [from: string, to: string]

const changed = (path: string, changes: ReadonlyArray<Change>): OnLoadResult => ({
  contents: changes.reduce(
    (text, [from, to]) => {
      if (text.includes(from)) return text.replace(from, () => to)
      throw new Error(`${path} no longer has ${JSON.stringify(from)}: look at BundledPackages.ts.`)
    },
    readFileSync(path, "utf8"),
  ),
})

/** Changes the files that `filter` names. */
const change = (builder: PluginBuild, filter: RegExp, ...changes: ReadonlyArray<Change>): void =>
  builder.onLoad({ filter }, ({ path }) => changed(path, changes))

/** Ink imports this optional package from a lazy module; left external, the import is hoisted and fails at start. */
const withoutDevtools: Plugin = {
  name: "without-react-devtools",
  setup(builder) {
    builder.onResolve({ filter: /^react-devtools-core$/ }, ({ path }) => ({ path, namespace: "empty" }))
    builder.onLoad({ filter: /.*/, namespace: "empty" }, () => ({
      contents: "export default { initialize() {}, connectToDevTools() {} }",
    }))
  },
}

/** What undici's client takes from Node's own HTTP, which it loads for this alone. */
const defaultHeaderSize = `const getDefaultNodeMaxHeaderSize = http &&
  http.maxHeaderSize &&
  Number.isInteger(http.maxHeaderSize) &&
  http.maxHeaderSize > 0
  ? () => http.maxHeaderSize
  : () => { throw new InvalidArgumentError('http module not available or http.maxHeaderSize invalid') }`

type Tables = Readonly<Record<string, unknown>>

/** Of the tables of the HTTP parser, those that the client reads, as they are: making all of them takes a millisecond. */
const usedOf = ({ ERROR, TYPE }: Tables): Tables => ({ ERROR, TYPE })

/**
 * The index of undici evaluates its fetch, WebSocket, cache, mocks and proxies, and its client loads HTTP/2 with all of
 * TLS: 50 ms of CPU for what a plain connection never touches. Here each part is evaluated when it is first used.
 */
const undiciByParts: Plugin = {
  name: "undici-by-parts",
  setup(builder) {
    builder.onLoad({ filter: /\/undici\/index\.js$/ }, () => ({
      contents: `module.exports = {
        get Client() { return require("./lib/dispatcher/client") },
        get buildConnector() { return require("./lib/core/connect") },
        get EnvHttpProxyAgent() { return require("./lib/dispatcher/env-http-proxy-agent") },
      }`,
    }))
    change(
      builder,
      /\/undici\/lib\/dispatcher\/client\.js$/,
      [
        "const connectH2 = require('./client-h2.js')",
        "const connectH2 = (client, socket) => require('./client-h2.js')(client, socket)",
      ],
      ["const http = require('node:http')\n", ""],
      [defaultHeaderSize, "const getDefaultNodeMaxHeaderSize = () => require('node:http').maxHeaderSize"],
    )
    change(
      builder,
      /\/undici\/lib\/core\/util\.js$/,
      ["const { IncomingMessage } = require('node:http')\n", ""],
      [
        "Object.getPrototypeOf(stream).constructor === IncomingMessage",
        "stream.constructor.name === 'IncomingMessage' && stream instanceof require('node:http').IncomingMessage",
      ],
    )
    builder.onLoad({ filter: /\/undici\/lib\/llhttp\/constants\.js$/ }, ({ path }) => ({
      contents: `module.exports = ${JSON.stringify(usedOf(createRequire(path)(path) as Tables))}`,
    }))
    builder.onResolve({ filter: /^node:assert$/ }, ({ importer }) =>
      /\/undici\/lib\//.test(importer) ? { path: "assert", namespace: "undici-assert" } : undefined,
    )
    builder.onLoad({ filter: /.*/, namespace: "undici-assert" }, () => ({
      contents: `module.exports = (holds, message) => { if (!holds) require("node:assert")(holds, message) }
        for (const name of ["strictEqual", "notStrictEqual", "equal", "ok", "fail"])
          module.exports[name] = (...given) => require("node:assert")[name](...given)`,
    }))
  },
}

/** Yoga fetches its own code from a `data:` URL, which loads Node's `fetch` for it: 40 ms of CPU. Here it is decoded. */
const yogaWithoutFetch: Plugin = {
  name: "yoga-without-fetch",
  setup(builder) {
    change(
      builder,
      /\/yoga-wasm-base64-esm\.js$/,
      ['"function"!=typeof fetch?Promise', "true?Promise"],
      [
        "var b=xa(a.slice(37)),c=new Uint8Array(b.length);for(a=0;a<b.length;++a)c[a]=b.charCodeAt(a);var d=c",
        'var d=new Uint8Array(Buffer.from(a.slice(37),"base64"))',
      ],
    )
  },
}

/** The width of text that is not ASCII is found with a pattern of all emoji, which takes 20 ms to make and to use once. */
const plainWidths: Plugin = {
  name: "plain-widths",
  setup(builder) {
    change(
      builder,
      /\/string-width\/index\.js$/,
      [
        String.raw`if (/^[\u0020-\u007E]*$/.test(string)) {`,
        String.raw`if (/^[\u0020-\u007E]*$/.test(string) || (ambiguousIsNarrow && ${plain}.test(string))) {`,
      ],
      [
        String.raw`const rgiEmojiRegex = /^\p{RGI_Emoji}$/v;`,
        String.raw`let madeRgi; const rgiEmojiRegex = {test: text => (madeRgi ??= /^\p{RGI_Emoji}$/v).test(text)};`,
      ],
    )
  },
}

/** Packages that npm placed more than once in the same version are bundled, and evaluated, once. */
const oneCopy: Plugin = {
  name: "one-copy",
  setup(builder) {
    const first = new Map<string, string>()
    builder.onResolve({ filter: /^[a-z@]/ }, async ({ importer, kind, path, pluginData, resolveDir }) => {
      if (pluginData === oneCopy || kind === "entry-point") return undefined
      const found = await builder.resolve(path, { importer, kind, resolveDir, pluginData: oneCopy })
      // An optional package that is not there: whether that matters depends on what is around the import.
      if (found.errors.length > 0) return undefined
      const [, root, name, file] = /^(.*\/node_modules\/((?:@[^/]+\/)?[^/]+))(\/.*)$/.exec(found.path) ?? []
      if (root === undefined) return found
      const { version } = JSON.parse(readFileSync(`${root}/package.json`, "utf8")) as { version: string }
      const key = `${name}@${version}${file}`
      first.set(key, first.get(key) ?? found.path)
      return { ...found, path: first.get(key) as string }
    })
  },
}

/** All of them. */
export const bundledPackages: ReadonlyArray<Plugin> = [
  withoutDevtools,
  undiciByParts,
  yogaWithoutFetch,
  plainWidths,
  oneCopy,
]
