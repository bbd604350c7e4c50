// The fixture server with every answer from the SDK lane, to run the suite on both lanes. A start file of the suite's
// own: the package has no such choice, because which lane answers must make no difference.
import { start } from '@mcp-secure/runtime'
import { serverFactoryOn } from '../packages/runtime/dist/server/server-factory.js'
import { definition } from './server/dist/generated/server.gen.js'

await start(serverFactoryOn(['sdk'], definition))
