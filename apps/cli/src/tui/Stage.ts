/** What the screen offers to commands: nothing before it is mounted. */

export interface Turns {
  /** Gives the terminal to the shell until the program is continued. */
  readonly suspend: () => Promise<void>
  /** Gives the terminal to another program until that has ended. */
  readonly lend: (program: () => Promise<void>) => Promise<void>
  /** Draws everything again. */
  readonly repaint: () => void
}

export class Stage {
  private turns: Partial<Turns> = {}

  /** Offers some of the turns from now on. */
  offer(turns: Partial<Turns>): void {
    this.turns = { ...this.turns, ...turns }
  }

  async suspend(): Promise<void> {
    await this.turns.suspend?.()
  }

  async lend(program: () => Promise<void>): Promise<void> {
    await this.turns.lend?.(program)
  }

  repaint(): void {
    this.turns.repaint?.()
  }
}
