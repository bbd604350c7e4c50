import * as spec from '@mcp-secure/spec'

async function run() {
  return 'Notes'
}

export default spec.defineTool({
  description: 'Say what this server is',
  access: 'public',
  annotations: { readOnlyHint: true },
  run,
})
