import { serverName } from '../connect/server-name.js'
import { diagnostic, startOf } from '../diagnostics/diagnostic.js'
import { geminiNames } from './client-names.js'
import type { Rule } from './rule.js'

/** Two tools that a client cannot tell apart once it has shortened their names. */
export const namesAlikeWhenCut: Rule = ({ model: { server, tools, clients } }) => {
  if (!clients.includes('gemini')) return []
  const prefix = server === null || typeof server.name === 'string' ? '' : serverName(server.name.value)
  return tools.flatMap(({ name, module }, index) => {
    const cut = geminiNames(prefix, name)
    const other = tools
      .slice(0, index)
      .find((earlier) => earlier.name !== name && geminiNames(prefix, earlier.name).some((text) => cut.includes(text)))
    if (other === undefined) return []
    const related = [{ message: `'${other.name}' is here`, place: startOf(other.module) }]
    return [diagnostic('names-alike-when-cut', startOf(module), { tool: name, other: other.name }, related)]
  })
}
