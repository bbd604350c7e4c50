import validate from 'validate-npm-package-name'
import { DEFAULTS } from './choices.js'

/** Why npm would refuse a name, with one that it takes, or nothing. */
export function checkName(name: string): string | undefined {
  const { validForNewPackages, errors = [], warnings = [] } = validate(name)
  if (validForNewPackages) return undefined
  const [rule = 'it is not valid'] = [...errors, ...warnings]
  return `'${name}' cannot be the name of a package: ${rule}. Try '${suggest(name)}'.`
}

/** A valid name that looks like this one. */
export function suggest(name: string): string {
  const words = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{Diacritic}/gu, '')
    .match(/[a-z0-9]+/g)
  const plain = (words ?? []).join('-').slice(0, 100)
  const candidates = [plain, `${plain}-server`, DEFAULTS.name]
  return candidates.find((candidate) => validate(candidate).validForNewPackages) ?? DEFAULTS.name
}
