import type { Prompt } from '@modelcontextprotocol/server'
import type { Downstream, PromptDescription, PromptModule, ServerDefinition, Use } from '../definition.js'
import { downstreamOf } from './downstream-of.js'
import { iconsOf } from './icons.js'
import { usesOf } from './uses/uses-of.js'

/** A prompt with everything that getting it needs, put together once at boot. */
export interface PreparedPrompt {
  readonly kind: 'prompt'
  readonly name: string
  /** Whether a rule of the project decides about each object. */
  readonly isRuled: boolean
  readonly module: PromptModule
  readonly description: PromptDescription
  readonly uses: readonly Use[]
  /** Which services its handler may get tokens for. */
  readonly downstream: readonly Downstream[]
}

/** The prompts of a server, and what `prompts/list` says of them. */
export class PromptCatalogue {
  /** In the order of their names. */
  readonly all: readonly PreparedPrompt[]
  readonly listing: readonly Prompt[]
  readonly #prompts: ReadonlyMap<string, PreparedPrompt>

  constructor({ policy, promptDescriptions = {}, prompts = {} }: ServerDefinition) {
    const entries = Object.entries(structuredClone(promptDescriptions)).sort(([a], [b]) => (a < b ? -1 : 1))
    this.all = entries.flatMap(([name, description]): PreparedPrompt[] => {
      const module = Object.hasOwn(prompts, name) ? prompts[name] : undefined
      if (module === undefined) return []
      const rule = policy.prompts?.[name]
      const [isRuled, downstream] = [rule?.authorize === true, downstreamOf(rule)]
      return [{ kind: 'prompt', name, module, description, isRuled, uses: usesOf(rule), downstream }]
    })
    this.listing = this.all.map(({ name, description: { arguments: args, icons, ...description } }) => ({
      name,
      ...description,
      ...(icons === undefined ? {} : { icons: iconsOf(icons) }),
      ...(args.length === 0 ? {} : { arguments: [...args] }),
    }))
    this.#prompts = new Map(this.all.map((prompt) => [prompt.name, prompt]))
  }

  get(name: string): PreparedPrompt | undefined {
    return this.#prompts.get(name)
  }
}
