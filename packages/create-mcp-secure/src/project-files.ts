import { adaptAuth } from './adapt-auth.js'
import { adaptCommands } from './adapt-commands.js'
import { adaptName } from './adapt-name.js'
import type { Choices } from './choices.js'
import type { PackageManager } from './package-manager.js'
import { type Files, readTemplate } from './read-template.js'
import { ownVersion } from './version.js'

/** Every file of a new project, as it will be written. */
export async function projectFiles(choices: Choices, manager: PackageManager): Promise<Files> {
  const [template, overlay] = await Promise.all([readTemplate(choices.template), readTemplate('_oidc')])
  return adaptCommands(adaptAuth(adaptName(template, choices, ownVersion()), overlay, choices), manager)
}
