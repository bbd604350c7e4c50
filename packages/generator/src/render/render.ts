import { GENERATED_DIRECTORY } from '../load/layout.js'
import { firstLine } from '../model/first-line.js'
import type { GeneratedFile } from '../model/generated-files.js'
import { issuersOf } from '../model/issuers.js'
import type { ServerModel } from '../model/server-model.js'
import { accessTestView } from './access-test-view.js'
import { accessPage } from './access-view.js'
import { clientView } from './client-view.js'
import { modulesView } from './modules-view.js'
import { policyView } from './policy-view.js'
import { schemasView } from './schemas-view.js'
import { templateOf } from './templates.js'

/** A generated file: its path in the project and its whole text. */
export interface RenderedFile {
  readonly path: string
  readonly text: string
}

type View = (model: ServerModel) => object

/** What each file is made of. */
const VIEWS: { readonly [F in GeneratedFile]: View } = {
  'ACCESS.md': accessPage,
  'access.gen.test.ts': accessTestView,
  'authorization-server.gen.ts': () => ({}),
  'client.gen.ts': clientView,
  'policy.gen.ts': policyView,
  'prompts.gen.ts': modulesView,
  'register.gen.ts': modulesView,
  'resources.gen.ts': modulesView,
  'schemas.gen.ts': schemasView,
  'server.gen.ts': modulesView,
  'tools.gen.ts': modulesView,
}

/** Writes a checked model as text. It cannot fail on one: if it throws, that is a bug of ours. */
export function render(model: ServerModel): readonly RenderedFile[] {
  return (Object.keys(VIEWS) as GeneratedFile[])
    .filter((file) => NEEDED_IF[file]?.(model) ?? true)
    .map((file) => {
      const path = `${GENERATED_DIRECTORY}/${file}`
      return { path, text: `${firstLine(path)}\n${templateOf('code', file)(VIEWS[file](model))}` }
    })
}

/** Files that a project gets only if it has what they are made of. */
const NEEDED_IF: { readonly [F in GeneratedFile]?: (model: ServerModel) => boolean } = {
  'access.gen.test.ts': ({ extras }) => extras.accessTest,
  'authorization-server.gen.ts': isEmbedded,
  'client.gen.ts': ({ extras }) => extras.client,
  'prompts.gen.ts': ({ prompts }) => prompts.length > 0,
  'resources.gen.ts': ({ resources }) => resources.length > 0,
}

function isEmbedded(model: ServerModel): boolean {
  return issuersOf(model.server).some(({ value }) => value.kind === 'embedded')
}
