// The little that scripts add. Every page works without this file.
import { createAll, Button, Checkboxes, ErrorSummary, SkipLink } from 'govuk-frontend'
import { Counting } from './counting.mjs'
import { fillCode } from './codes.mjs'
import { saveWhileWriting } from './autosave.mjs'
import { guardSending } from './sending.mjs'
import { sendInParts } from './uploading.mjs'
import { watchLeaving } from './leaving.mjs'

document.body.classList.add('js-enabled', 'govuk-frontend-supported')
for (const component of [Button, Checkboxes, Counting, ErrorSummary, SkipLink]) createAll(component)
guardSending(document)
watchLeaving(document)
sendInParts(document)
saveWhileWriting(document)
fillCode(document)
