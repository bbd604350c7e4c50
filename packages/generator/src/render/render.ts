import { GENERATED_DIRECTORY } from '../load/layout.js'
import { firstLine } from '../model/first-line.js'
import type { GeneratedFile } from '../model/generated-files.js'
import type { ServerModel } from '../model/server-model.js'
import { accessPage } from './access-view.js'
import { modulesView } from './modules-view.js'
import { policyView, serverOf } from './policy-view.js'
import { said } from './said.js'
import { schemasView } from './schemas-view.js'
import { compileTemplate } from './templates.js'

/** A generated file: its path in the project and its whole text. */
export interface RenderedFile {
  readonly path: string
  readonly text: string
}

type View = (model: ServerModel) => object

/** What each file is made of. */
const VIEWS: { readonly [F in GeneratedFile]: View } = {
  'ACCESS.md': accessPage,
  'authorization-server.gen.ts': () => ({}),
  'policy.gen.ts': policyView,
  'register.gen.ts': modulesView,
  'schemas.gen.ts': schemasView,
  'server.gen.ts': modulesView,
  'tools.gen.ts': modulesView,
}

/** Writes a checked model as text. It cannot fail on one: if it throws, that is a bug of ours. */
export function render(model: ServerModel): readonly RenderedFile[] {
  return (Object.keys(VIEWS) as GeneratedFile[])
    .filter((file) => file !== 'authorization-server.gen.ts' || isEmbedded(model))
    .map((file) => {
      const path = `${GENERATED_DIRECTORY}/${file}`
      return { path, text: `${firstLine(path)}\n${compileTemplate('code', file)(VIEWS[file](model))}` }
    })
}

function isEmbedded(model: ServerModel): boolean {
  return said(serverOf(model).auth).kind === 'embedded'
}
