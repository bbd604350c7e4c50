import type { Located, SettingFact } from './facts.js'
import { describe, member, type StaticValue, type Unreadable } from './static-value.js'

/** Reads a URL or another setting: a string, or `env('NAME', { development: '…' })`. */
export function readSetting(value: StaticValue): Located<SettingFact> | Unreadable {
  if (value.kind === 'literal' && typeof value.value === 'string') {
    return { value: { kind: 'literal', value: value.value }, place: value.place }
  }
  if (value.kind === 'call' && value.callee === 'env') return readEnv(value.arguments, value)
  // `env()` is data, so the data may be written out: { env: 'NAME', development: '…' }.
  const name = value.kind === 'object' ? member(value, 'env')?.value : undefined
  return name === undefined ? refused(value) : readEnv([name, value], value)
}

function readEnv([name, options]: readonly StaticValue[], call: StaticValue): Located<SettingFact> | Unreadable {
  if (name?.kind !== 'literal' || typeof name.value !== 'string') return refused(name ?? call)
  const development = readDevelopment(options)
  if (development !== null && typeof development !== 'string') return development
  return { value: { kind: 'env', name: name.value, development }, place: call.place }
}

function readDevelopment(options: StaticValue | undefined): string | null | Unreadable {
  if (options === undefined || (options.kind === 'literal' && options.value === undefined)) return null
  if (options.kind !== 'object') return refused(options)
  const [hidden] = options.hidden
  if (hidden !== undefined) return hidden
  const value = member(options, 'development')?.value
  if (value === undefined) return null
  return value.kind === 'literal' && typeof value.value === 'string' ? value.value : refused(value)
}

function refused(value: StaticValue): Unreadable {
  return { kind: 'unreadable', construct: describe(value), place: value.place }
}
