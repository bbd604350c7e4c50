import { useEffect, useState } from 'preact/hooks'

/** A value that views follow. */
export class Store<Value extends object> {
  #value: Value
  readonly #listeners = new Set<() => void>()

  constructor(value: Value) {
    this.#value = value
  }

  get value(): Value {
    return this.#value
  }

  change(part: Partial<Value>): void {
    this.#value = { ...this.#value, ...part }
    for (const listener of this.#listeners) listener()
  }

  listen(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}

/** The value of a store, and the view drawn again whenever it changes. */
export function useStore<Value extends object>(store: Store<Value>): Value {
  const [, draw] = useState({})
  useEffect(() => store.listen(() => draw({})), [store])
  return store.value
}
