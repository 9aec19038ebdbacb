# MB/s of sentencepiece, beside SHA-256 over the same bytes (Debian's python3-sentencepiece).
#   dotnet run -c Release --project bench/Tokenizers -- ASSETS REPOSITORY --write FOLDER
#   /usr/bin/python3 peers.py FOLDER ASSETS
import hashlib
import json
import statistics
import sys
import time

import sentencepiece

folder, assets = sys.argv[1:]
models = {
    'Llama 2: sentencepiece': 'models/tokenizers/llama2_tokenizer.model',
    'Sentence encoder, Unigram: sentencepiece': 'models/use-multilingual-v3/sentencepiece.model',
}


def seconds(work):
    work()
    times = []
    for _ in range(3):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


print('| text | peer | MB/s | sha256 MB/s | ratio |\n|---|---|---|---|---|')
for name in ['English', 'Chinese', 'code']:
    texts = json.load(open(f'{folder}/{name}.json', encoding='utf8'))
    whole = ''.join(texts).encode()
    size = len(whole) / 1e6
    rate_of_hash = size / seconds(lambda: hashlib.sha256(whole).digest())
    for peer, file in models.items():
        model = sentencepiece.SentencePieceProcessor(model_file=f'{assets}/{file}')
        rate = size / seconds(lambda: [model.encode(text) for text in texts])
        print(f'| {name} | {peer} | {rate:.2f} | {rate_of_hash:.0f} | {rate / rate_of_hash:.4f} |')
