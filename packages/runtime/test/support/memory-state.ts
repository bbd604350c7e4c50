import type { SealedState } from '../../src/shared/sealed-places.js'
import { SealedPlaces } from '../../src/shared/sealed-places.js'
import type { SharedState } from '../../src/shared/shared-state.js'
import type { TestSurroundings } from './surroundings.js'

/** What a store holds: every process has its own way there. */
export class MemoryStore {
  readonly entries: Map<string, { readonly value: string; readonly until: number }> = new Map()
  readonly listeners: [string, (message: string) => void][] = []

  readonly #surroundings: TestSurroundings

  constructor(surroundings: TestSurroundings) {
    this.#surroundings = surroundings
  }

  get(name: string): string | undefined {
    const entry = this.entries.get(name)
    return entry !== undefined && entry.until > this.#surroundings.now() ? entry.value : undefined
  }

  /** The only entry of that kind. */
  only(kind: string): { readonly name: string; readonly value: string } {
    const found = [...this.entries.keys()].filter((name) => name.startsWith(`${kind}:`) && this.get(name) !== undefined)
    const [name = ''] = found
    if (found.length !== 1) throw new Error(`There are ${found.length} of ${kind}.`)
    return { name, value: this.get(name) ?? '' }
  }

  /** Somebody who can write there writes. */
  write(name: string, value: string, milliseconds = 600_000): void {
    this.entries.set(name, { value, until: this.#surroundings.now() + milliseconds })
  }
}

/** One process's way to a store, which a test can take away. */
export class MemoryState implements SharedState {
  available = true
  /** Makes every command fail, as one does that is not answered in time. */
  hangs = false
  readonly redis: unknown = undefined
  readonly #store: MemoryStore
  readonly #returns: (() => void)[] = []

  constructor(store: MemoryStore) {
    this.#store = store
  }

  keyOf(name: string): string {
    return name
  }

  lost(): void {
    this.available = false
  }

  back(hangs = false): void {
    this.available = true
    this.hangs = hangs
    for (const then of this.#returns) then()
  }

  onReturn(then: () => void): void {
    this.#returns.push(then)
  }

  async get(name: string): Promise<string | undefined> {
    this.#answer()
    return this.#store.get(name)
  }

  async set(name: string, value: string, milliseconds: number): Promise<void> {
    this.#answer()
    this.#store.write(name, value, milliseconds)
  }

  async setIfAbsent(name: string, value: string, milliseconds: number): Promise<boolean> {
    this.#answer()
    if (this.#store.get(name) !== undefined) return false
    this.#store.write(name, value, milliseconds)
    return true
  }

  async delete(...names: readonly string[]): Promise<void> {
    this.#answer()
    for (const name of names) this.#store.entries.delete(name)
  }

  async publish(name: string, message: string): Promise<void> {
    this.#answer()
    for (const [other, listener] of this.#store.listeners) if (other === name) listener(message)
  }

  async listen(name: string, listener: (message: string) => void): Promise<void> {
    this.#store.listeners.push([name, listener])
  }

  async close(): Promise<void> {}

  #answer(): void {
    if (this.hangs) throw new Error('Command timed out')
  }
}

/** What one process of several has, and what it logged. */
export interface Process extends SealedState {
  readonly state: MemoryState
  readonly warnings: string[]
}

const KEY = new Uint8Array(32).fill(7)

export function processOf(store: MemoryStore, key: Uint8Array = KEY): Process {
  const warnings: string[] = []
  const log = { warn: (_: unknown, text: string) => warnings.push(text) }
  return {
    state: new MemoryState(store),
    places: new SealedPlaces(key, log as unknown as ConstructorParameters<typeof SealedPlaces>[1]),
    warnings,
  }
}
