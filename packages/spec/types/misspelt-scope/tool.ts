import { defineTool } from '@mcp-secure/spec'
import '../project.js'

export default defineTool({ description: 'Anything', scopes: ['notes:wirte'], run: () => '' })
