/**
 * `Intl.Segmenter` in the bundles. The first one of a process takes 10 ms of CPU and reads the tables of Unicode from the
 * disk, and five packages make one when they are loaded. In what our screens are mostly drawn with (Latin-1, dashes, arrows,
 * boxes, blocks, shapes) no character joins another: only other text needs a real one.
 */

/** Texts of which every UTF-16 unit is a grapheme, one cell wide. */
export const plain = /^[\u0020-\u007e\u00a1-\u00ac\u00ae-\u00ff\u2010-\u2027\u2030-\u203b\u2190-\u2193\u2500-\u25fc]*$/

/** The same with what begins a line and an escape sequence, which are graphemes as well. */
const plainOrStyled =
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  /^[\n\u001b\u0020-\u007e\u00a1-\u00ac\u00ae-\u00ff\u2010-\u2027\u2030-\u203b\u2190-\u2193\u2500-\u25fc]*$/

const real = globalThis.Intl.Segmenter

class PlainSegments implements Intl.Segments {
  private readonly input: string

  constructor(input: string) {
    this.input = input
  }

  containing(codeUnitIndex = 0): Intl.SegmentData | undefined {
    const index = Math.trunc(codeUnitIndex) || 0
    const segment = this.input[index]
    return segment === undefined ? undefined : { segment, index, input: this.input }
  }

  *[Symbol.iterator](): Generator<Intl.SegmentData, undefined> {
    const { input } = this
    for (let index = 0; index < input.length; index++) yield { segment: input[index] as string, index, input }
  }
}

/** Segments text as the real one does. */
export class PlainSegmenter implements Intl.Segmenter {
  private readonly args: ConstructorParameters<typeof Intl.Segmenter>
  private readonly graphemes: boolean
  private made: Intl.Segmenter | undefined

  constructor(...args: ConstructorParameters<typeof Intl.Segmenter>) {
    this.args = args
    this.graphemes = (args[1]?.granularity ?? "grapheme") === "grapheme"
  }

  private get real(): Intl.Segmenter {
    this.made ??= new real(...this.args)
    return this.made
  }

  segment(input: string): Intl.Segments {
    return this.graphemes && plainOrStyled.test(input) ? new PlainSegments(input) : this.real.segment(input)
  }

  resolvedOptions(): Intl.ResolvedSegmenterOptions {
    return this.real.resolvedOptions()
  }
}
