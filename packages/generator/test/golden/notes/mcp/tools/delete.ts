import { defineTool } from '@mcp-secure/spec'
import * as scopes from '../_scopes.js'

const tool = defineTool({
  description: 'Delete everything',
  scopes: scopes.WRITES,
  run: () => 'done',
} as const)

export { tool as default }
