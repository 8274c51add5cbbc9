// The count under a long text, with the same narrow space between thousands as the page's own numbers.
import { CharacterCount } from 'govuk-frontend'

export class Counting extends CharacterCount {
  formatCountMessage (...words) {
    return super.formatCountMessage(...words).replaceAll('\u00a0', '\u202f')
  }
}
