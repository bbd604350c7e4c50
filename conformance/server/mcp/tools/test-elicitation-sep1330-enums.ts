import { defineTool, form } from '@mcp-secure/spec'

const FIRST = [
  { const: 'value1', title: 'First Option' },
  { const: 'value2', title: 'Second Option' },
  { const: 'value3', title: 'Third Option' },
] as const

export default defineTool({
  description: 'Asks for choices, in every way that there is',
  scopes: ['fixture:use'],
  uses: ['elicitation'],
  async run(_input, { ask }) {
    const { answer } = await ask({
      answer: form('Please select options from the enum fields', {
        untitledSingle: { type: 'string', enum: ['option1', 'option2', 'option3'] },
        titledSingle: { type: 'string', oneOf: FIRST },
        legacyEnum: {
          type: 'string',
          enum: ['opt1', 'opt2', 'opt3'],
          enumNames: ['Option One', 'Option Two', 'Option Three'],
        },
        untitledMulti: { type: 'array', items: { type: 'string', enum: ['option1', 'option2', 'option3'] } },
        titledMulti: { type: 'array', items: { anyOf: FIRST } },
      }),
    })
    return `Elicitation completed: ${JSON.stringify(answer)}`
  },
})
