import type { ServerDefinition } from '../definition.js'
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

  constructor(definition: ServerDefinition) {
    this.tools = new ToolCatalogue(definition)
    this.resources = new ResourceCatalogue(definition)
    this.prompts = new PromptCatalogue(definition)
    this.completes = [...this.resources.all, ...this.prompts.all].some(({ module }) => module.complete !== undefined)
  }
}
