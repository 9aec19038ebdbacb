// Writes beginnings.jsonl: what the tokenizers library (npm "tokenizers" 0.23.2) takes for the beginning of a text,
// for every normalizer that may remove or move it and every component that asks for it.
//   npm install tokenizers@0.23.2 && node beginnings.js > beginnings.jsonl
const { Tokenizer } = require('tokenizers')

const replace = (pattern, content) => ({ type: 'Replace', pattern, content })
const strip = (left, right) => ({ type: 'Strip', strip_left: left, strip_right: right })
const sequence = (...normalizers) => ({ type: 'Sequence', normalizers })
const normalizers = [
  null,
  replace({ String: '"' }, ''),
  replace({ String: '"' }, 'x'),
  replace({ Regex: '^\\s+' }, ''),
  replace({ Regex: '[^a-z ]' }, ''),
  replace({ Regex: '^[" ]' }, '▁'),
  replace({ String: ' ' }, '▁'),
  strip(true, true),
  strip(false, true),
  { type: 'StripAccents' },
  { type: 'Nmt' },
  { type: 'Lowercase' },
  { type: 'NFKC' },
  { type: 'NFKD' },
  { type: 'Prepend', prepend: '▁' },
  { type: 'Prepend', prepend: 'ab' },
  { type: 'BertNormalizer', clean_text: true, handle_chinese_chars: true, strip_accents: true, lowercase: true },
  sequence(),
  sequence({ type: 'NFKD' }, { type: 'StripAccents' }),
  sequence(strip(true, false), { type: 'Prepend', prepend: '▁' }),
  sequence({ type: 'Prepend', prepend: '▁' }, replace({ String: ' ' }, '▁')),
  sequence(replace({ String: '"' }, ''), { type: 'Nmt' }, strip(true, true), { type: 'NFC' }),
]

const metaspace = (prepend_scheme, split) => ({ type: 'Metaspace', replacement: '▁', prepend_scheme, split })
const cuts = (...pretokenizers) => ({ type: 'Sequence', pretokenizers })
const first = metaspace('first', true)
const preTokenizers = [
  first,
  metaspace('first', false),
  metaspace('always', true),
  metaspace('never', true),
  { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true },
  cuts({ type: 'WhitespaceSplit' }, first),
  cuts({ type: 'Punctuation', behavior: 'Isolated' }, first),
  cuts({ type: 'Split', pattern: { Regex: '^[▁a]' }, behavior: 'Removed', invert: false }, first),
]

const added = (id, content, flags) => ({ id, content, single_word: false, lstrip: false, rstrip: false, normalized: false, special: true, ...flags })
const texts = ['"total', 'a "b', ' ab', '\u0301a é', '\u200b\u0007b', 'ÉA', '½', '<s>a<s> b', '<n>ab', ' "<m> a']

const letters = new Set()
for (let b = 0; b < 256; b++) letters.add(String.fromCodePoint(b)).add(String.fromCodePoint(256 + b))
for (const text of texts) for (const form of ['NFC', 'NFKD']) for (const c of text.normalize(form)) letters.add(c).add(c.toLowerCase())
letters.add('▁').add('⁄')
const vocab = { '[UNK]': 0 }
for (const c of letters) vocab[c] = Object.keys(vocab).length, vocab['##' + c] = Object.keys(vocab).length
const size = Object.keys(vocab).length
const tokens = [added(size, '<s>'), added(size + 1, '<n>', { normalized: true }), added(size + 2, '<m>', { lstrip: true, rstrip: true })]

async function main() {
  console.log(JSON.stringify({ letters: [...letters].join(''), added_tokens: tokens }))
  for (const normalizer of normalizers) {
    for (const pre_tokenizer of preTokenizers) {
      const model = { type: 'WordPiece', unk_token: '[UNK]', continuing_subword_prefix: '##', max_input_chars_per_word: 100, vocab }
      const file = { version: '1.0', truncation: null, padding: null, added_tokens: tokens, normalizer, pre_tokenizer, post_processor: null, decoder: null, model }
      const tokenizer = Tokenizer.fromString(JSON.stringify(file))
      const cases = []
      for (const text of texts) {
        const encoding = await tokenizer.encode(text)
        cases.push([text, encoding.getTokens().join('|'), encoding.getOffsets().flat().join(' ')])
      }

      console.log(JSON.stringify({ normalizer, pre_tokenizer, cases }))
    }
  }
}

main()
