import type { Resource, ResourceTemplateType } from '@modelcontextprotocol/server'
import type { Downstream, ResourceDescription, ResourceModule, ServerDefinition } from '../definition.js'
import { downstreamOf } from './downstream-of.js'
import { iconsOf, type ListedIcon } from './icons.js'
import { UriPattern } from './uri-pattern.js'

/** A resource with everything that a read needs, put together once at boot. */
export interface PreparedResource {
  readonly kind: 'resource'
  readonly name: string
  /** Whether a rule of the project decides about each object. */
  readonly isRuled: boolean
  readonly module: ResourceModule
  readonly description: ResourceDescription
  readonly pattern: UriPattern
  /** Whether clients can subscribe to it. */
  readonly subscribable: boolean
  /** Which services its handlers may get tokens for. */
  readonly downstream: readonly Downstream[]
}

/** What a URI is about: one resource, and the text of each of its variables. */
export interface ResourceMatch {
  readonly resource: PreparedResource
  readonly variables: Readonly<Record<string, string>>
}

/** The resources of a server, and what the lists say of them. */
export class ResourceCatalogue {
  /** In the order of their names. */
  readonly all: readonly PreparedResource[]
  /** What `resources/list` says of those with one URI. */
  readonly listing: readonly Resource[]
  /** What `resources/templates/list` says of the others. */
  readonly templates: readonly ResourceTemplateType[]

  constructor({ policy, resourceDescriptions = {}, resources = {} }: ServerDefinition) {
    const entries = Object.entries(structuredClone(resourceDescriptions)).sort(([a], [b]) => (a < b ? -1 : 1))
    this.all = entries.flatMap(([name, description]): PreparedResource[] => {
      const module = Object.hasOwn(resources, name) ? resources[name] : undefined
      const rule = policy.resources?.[name]
      const pattern = rule === undefined ? undefined : UriPattern.parse(rule.uri)
      if (module === undefined || pattern === undefined) return []
      const [isRuled, subscribable] = [rule?.authorize === true, rule?.subscribe === true]
      return [
        { kind: 'resource', name, module, description, pattern, isRuled, subscribable, downstream: downstreamOf(rule) },
      ]
    })
    this.listing = this.all
      .filter(({ pattern }) => pattern.names.length === 0)
      .map(({ name, description, pattern }) => ({ uri: pattern.text, name, ...listed(description) }))
    this.templates = this.all
      .filter(({ pattern }) => pattern.names.length > 0)
      .map(({ name, description, pattern }) => ({ uriTemplate: pattern.text, name, ...listed(description) }))
  }

  /** The one resource that a URI belongs to: boot refuses two that could share one. */
  find(uri: string): ResourceMatch | undefined {
    for (const resource of this.all) {
      const variables = resource.pattern.match(uri)
      if (variables !== undefined) return { resource, variables }
    }
    return undefined
  }

  /** A resource by its URI or template as it is written, which is how clients refer to it for completion. */
  byText(text: string): PreparedResource | undefined {
    return this.all.find(({ pattern }) => pattern.text === text)
  }
}

function listed({ icons, ...description }: ResourceDescription): Omit<ResourceDescription, 'icons'> & {
  icons?: ListedIcon[]
} {
  return { ...description, ...(icons === undefined ? {} : { icons: iconsOf(icons) }) }
}
