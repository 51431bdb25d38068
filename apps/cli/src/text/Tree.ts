/**
 * JSON text as lines of a tree that can be folded. Works on the text that the
 * server sent, so numbers keep their digits and repeated keys are all shown.
 * Never recurses, so depth costs no stack.
 */
import { JsonText } from "@mixpeek-alerts/domain"
import { clean } from "./Clean.ts"

export interface TreeLine {
  /** `.matches[3].metadata`: unique, and where the line is folded by. */
  readonly path: string
  readonly depth: number
  readonly label: string
  /** What to show behind the label: a scalar, or `{3}` and `[4]`. */
  readonly value: string
  readonly kind: "object" | "array" | "string" | "number" | "word"
  readonly foldable: boolean
  readonly folded: boolean
  /** The value's JSON text, as sent. */
  readonly json: string
}

/** A part of a JSON text that a tree starts with. */
export interface TreeRoot {
  readonly label: string
  readonly path: string
  readonly json: string
}

/** Paths whose folding differs from the default. */
export type Toggled = ReadonlySet<string>

/** More lines than this are not made; the raw text has them. */
export const maxLines = 20_000

/**
 * Deeper values are not taken apart; the raw text has them. Each level costs a walk over all that is in it, and hostile
 * metadata may have as many levels as brackets.
 */
export const maxDepth = 100

const kindOf = (json: string): TreeLine["kind"] =>
  json.startsWith("{")
    ? "object"
    : json.startsWith("[")
      ? "array"
      : json.startsWith('"')
        ? "string"
        : /^[-\d]/.test(json)
          ? "number"
          : "word"

const stringOf = (json: string): string => {
  const short = json.length > 2000 ? `${json.slice(0, 2000).replace(/\\+$/, "")}"` : json
  try {
    return JSON.stringify(clean(JSON.parse(short) as string))
  } catch {
    return clean(short)
  }
}

const segment = (key: string): string => (/^[A-Za-z_][\w-]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`)

interface Node extends TreeRoot {
  readonly depth: number
}

const childrenOf = (node: Node, kind: TreeLine["kind"]): ReadonlyArray<Node> => {
  if (kind === "object") {
    return JsonText.members(node.json).map(({ end, key, start }) => ({
      label: clean(key),
      path: node.path + segment(key),
      json: node.json.slice(start, end),
      depth: node.depth + 1,
    }))
  }
  return JsonText.elements(node.json).map(({ end, start }, index) => ({
    label: String(index),
    path: `${node.path}[${index}]`,
    json: node.json.slice(start, end),
    depth: node.depth + 1,
  }))
}

const lineOf = (node: Node, kind: TreeLine["kind"], count: number, folded: boolean): TreeLine => ({
  path: node.path,
  depth: node.depth,
  label: node.label,
  value:
    kind === "object"
      ? `{${node.depth < maxDepth ? count : "…"}}`
      : kind === "array"
        ? `[${node.depth < maxDepth ? count : "…"}]`
        : kind === "string"
          ? stringOf(node.json)
          : clean(node.json),
  kind,
  foldable: count > 0,
  folded: folded && count > 0,
  json: node.json,
})

/** The lines of the roots. Lines deeper than `openDepth` start folded; `toggled` turns that around. */
export const treeLines = (
  roots: ReadonlyArray<TreeRoot>,
  toggled: Toggled,
  openDepth: number,
): ReadonlyArray<TreeLine> => {
  const lines: Array<TreeLine> = []
  const stack: Array<Node> = roots.map((root) => ({ ...root, label: clean(root.label), depth: 0 })).reverse()
  while (stack.length > 0 && lines.length < maxLines) {
    const node = stack.pop() as Node
    const kind = kindOf(node.json)
    const isParent = (kind === "object" || kind === "array") && node.depth < maxDepth
    const children = isParent ? childrenOf(node, kind) : []
    const folded = node.depth >= openDepth !== toggled.has(node.path)
    lines.push(lineOf(node, kind, children.length, folded))
    if (!folded) for (let index = children.length - 1; index >= 0; index--) stack.push(children[index] as Node)
  }
  return lines
}
