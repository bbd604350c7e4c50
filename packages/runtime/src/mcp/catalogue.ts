import type { AccessPolicy, ServerDefinition } from '../definition.js'
import { type PreparedPrompt, PromptCatalogue } from './prompt-catalogue.js'
import { type PreparedResource, ResourceCatalogue } from './resource-catalogue.js'
import { type PreparedTool, ToolCatalogue } from './tool-catalogue.js'

/** Anything that a policy says who may use it. */
export type Item = PreparedTool | PreparedResource | PreparedPrompt
export type ItemKind = Item['kind']

/** Everything that a server offers, made once at boot. */
export class Catalogue {
  readonly tools: ToolCatalogue
  readonly resources: ResourceCatalogue
  readonly prompts: PromptCatalogue
  /** Whether anything suggests values. */
  readonly completes: boolean
  /** What is hidden from whoever lacks its scopes. */
  readonly hideable: readonly Item[]

  constructor(definition: ServerDefinition) {
    this.tools = new ToolCatalogue(definition)
    this.resources = new ResourceCatalogue(definition)
    this.prompts = new PromptCatalogue(definition)
    const { tools, resources = {}, prompts = {} } = definition.policy
    const hides = (rule: AccessPolicy | undefined): boolean => rule?.whenDenied === 'hide'
    this.hideable = [
      ...this.tools.all.filter(({ name }) => hides(tools[name])),
      ...this.resources.all.filter(({ name }) => hides(resources[name])),
      ...this.prompts.all.filter(({ name }) => hides(prompts[name])),
    ]
    this.completes = [...this.resources.all, ...this.prompts.all].some(({ module }) => module.complete !== undefined)
  }
}
