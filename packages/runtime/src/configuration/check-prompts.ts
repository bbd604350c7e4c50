import type { ServerDefinition } from '../definition.js'
import { missingParts } from './missing-parts.js'

/** What does not fit together of the prompts. */
export function checkPrompts({ policy, promptDescriptions = {}, prompts = {} }: ServerDefinition): string[] {
  return [
    ...missingParts('prompt', { policy: policy.prompts ?? {}, description: promptDescriptions, handler: prompts }),
    ...Object.entries(prompts).flatMap(([name, module]) => {
      if (typeof module?.run !== 'function') return [`The prompt ${JSON.stringify(name)} has no run().`]
      const described = Object.hasOwn(promptDescriptions, name) ? promptDescriptions[name] : undefined
      return described !== undefined && described.arguments.length > 0 && module.arguments === undefined
        ? [`The prompt ${JSON.stringify(name)} has arguments in its description that its file does not parse.`]
        : []
    }),
  ]
}
