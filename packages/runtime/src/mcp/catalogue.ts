import type { AccessPolicy, Policy, ServerDefinition, Use } from '../definition.js'
import { canBeHidden } from '../guard/is-for.js'
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
  /** Of what there is something public: of anything else nobody is told anything without a login. */
  readonly publicKinds: ReadonlySet<ItemKind>
  /** What is hidden from whoever lacks its scopes, or whom it is not for. */
  readonly hideable: readonly Item[]
  /** What any of its handlers uses. */
  readonly uses: ReadonlySet<Use>
  /** Whether there is anything to subscribe to: changes of resources, or of lists. */
  readonly announces: boolean

  constructor(definition: ServerDefinition) {
    this.tools = new ToolCatalogue(definition)
    this.resources = new ResourceCatalogue(definition)
    this.prompts = new PromptCatalogue(definition)
    const { tools, resources = {}, prompts = {} } = definition.policy
    this.publicKinds = publicKinds(definition.policy)
    this.hideable = [
      ...this.tools.all.filter(({ name }) => canBeHidden(tools[name])),
      ...this.resources.all.filter(({ name }) => canBeHidden(resources[name])),
      ...this.prompts.all.filter(({ name }) => canBeHidden(prompts[name])),
    ]
    this.completes = [...this.resources.all, ...this.prompts.all].some(({ module }) => module.complete !== undefined)
    this.uses = new Set([...this.tools.all, ...this.prompts.all].flatMap(({ uses }) => uses))
    this.announces = this.uses.has('changes') || this.resources.all.some(({ subscribable }) => subscribable)
  }

  /** Whether revisions before 2026-07-28 need sessions: to ask clients things, and to tell them of changes. */
  get needsSessions(): boolean {
    return this.announces || NEED_SESSIONS.some((use) => this.uses.has(use))
  }
}

function publicKinds({ tools, resources = {}, prompts = {} }: Policy): ReadonlySet<ItemKind> {
  const kinds = [
    ['tool', tools],
    ['resource', resources],
    ['prompt', prompts],
  ] as const
  const isPublic = ({ access }: AccessPolicy): boolean => access === 'public'
  return new Set(kinds.filter(([, policies]) => Object.values(policies).some(isPublic)).map(([kind]) => kind))
}

/** Uses that a single answer cannot carry in those revisions. */
const NEED_SESSIONS: readonly Use[] = ['elicitation', 'sampling', 'roots', 'polling']
