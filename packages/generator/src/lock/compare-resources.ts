import { overlap, readUriTemplate } from '../model/uri-template.js'
import type { AccessLock, LockedResource } from './access-lock.js'
import type { Change, Subject } from './change.js'
import { addedAccess, compareAccess, removedAccess } from './compare-access.js'
import { commonNames, onlyIn } from './names.js'

/**
 * Which URIs can be read, and by whom. A URI that an old resource answered for can
 * come to be answered for by a new one: then its rule is compared with the old.
 */
export function compareResources(before: AccessLock, after: AccessLock): readonly Change[] {
  return [
    ...onlyIn(after.resources, before.resources).flatMap(([uri, resource]) =>
      compareAdded(uri, resource, before, after),
    ),
    ...onlyIn(before.resources, after.resources).map(([uri, resource]) => removedAccess(subjectOf(uri), resource)),
    ...commonNames(before.resources, after.resources).flatMap(([uri, was, is]) => [
      ...compareRules(uri, was, is, before, after),
      ...compareName(uri, was, is),
    ]),
  ]
}

function subjectOf(name: string): Subject {
  return { kind: 'resource', name }
}

function compareAdded(uri: string, resource: LockedResource, before: AccessLock, after: AccessLock): readonly Change[] {
  const template = readUriTemplate(uri)
  const looser = Object.entries(before.resources)
    .filter(([other]) => overlap(readUriTemplate(other), template))
    .flatMap(([, was]) => compareRules(uri, was, resource, before, after))
    .filter(({ effect }) => effect === 'looser')
  const [first] = looser
  return first === undefined ? addedAccess(subjectOf(uri), resource) : [first]
}

function compareRules(
  uri: string,
  was: LockedResource,
  is: LockedResource,
  before: AccessLock,
  after: AccessLock,
): readonly Change[] {
  return compareAccess(subjectOf(uri), { access: was, scopes: before.scopes }, { access: is, scopes: after.scopes })
}

function compareName(uri: string, { name: was }: LockedResource, { name: is }: LockedResource): readonly Change[] {
  if (was === is) return []
  return [{ effect: 'none', breaks: false, subject: subjectOf(uri), aspect: 'name', before: was, after: is }]
}
