"""Training of words beside gensim, on one corpus with one set of options, in one run.

    python3 bench/Words/peers.py ASSETS SIMILE [--epochs 20] [--seeds 1,2,3,4,5] [--models cbow,skipgram]

ASSETS is the folder that SIMILE_ASSETS names, SIMILE the tool (dotnet .../Simile.Cli.dll, in quotes). Corpus "mixed" and the own pairs are those of
ASSETS/golden/wordvec/PEERS.md. The runs of both alternate. Words/s are raw words times epochs over CPU time, which others on the machine do not change:
of gensim that of train(), of Simile that of a whole process less that of one with a single epoch. Two threads are as much faster than one as their clock times
say where the machine is free; where it is not, twice the CPU time of one thread over that of two says what they cost each other.
"""
import argparse, csv, json, os, re, resource, statistics, subprocess, tempfile, time, warnings
warnings.filterwarnings("ignore")
import numpy as np
from gensim.models import Word2Vec, KeyedVectors

TOKEN = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")
PAIRS = """wing lift, shock wave, boundary layer, heat transfer, mach number, supersonic hypersonic, card debit, transfer money, top up, cash atm,
exchange rate, pin code, dog cat, man woman, guitar playing, israeli palestinian, afghanistan taliban, prime minister, buckling shells, laminar turbulent"""
PAIRS = [tuple(p.split()) for p in PAIRS.replace("\n", " ").split(",")]


def corpus(assets):
    data = os.path.join(assets, "data")
    for name in ("lee_background.cor", "lee.cor"):
        with open(os.path.join(data, "wordvec", name), encoding="latin-1") as f:
            yield from f
    xml = open(os.path.join(data, "text", "cranfield", "cran.all.1400.xml"), encoding="utf-8", errors="replace").read()
    yield from (t.replace("\n", " ") for t in re.findall(r"<text>(.*?)</text>", xml, re.S))
    with open(os.path.join(data, "text", "banking77", "train.csv"), encoding="utf-8") as f:
        yield from (row[0] for row in list(csv.reader(f))[1:])
    with open(os.path.join(data, "text", "stsb", "stsb-en-dev.csv"), encoding="utf-8") as f:
        for row in csv.reader(f):
            yield row[0]
            yield row[1]


def own_pairs(vectors):
    """For each pair (a, b) the share of 200 words c of about b's rank with cos(a, c) < cos(a, b); the mean over the pairs."""
    rng, shares = np.random.default_rng(5), []
    unit = vectors.vectors / np.linalg.norm(vectors.vectors, axis=1, keepdims=True)
    for a, b in PAIRS:
        if a not in vectors.key_to_index or b not in vectors.key_to_index:
            continue
        ia, ib = vectors.key_to_index[a], vectors.key_to_index[b]
        c = rng.integers(ib // 2, min(len(unit), 2 * ib + 200), 200)
        shares.append(np.mean(unit[c] @ unit[ia] < unit[ia] @ unit[ib]))
    return float(np.mean(shares))


def gensim(sentences, model, epochs, seed, threads):
    w = Word2Vec(vector_size=100, window=5, min_count=5, negative=5, sample=1e-3, alpha=0.025, min_alpha=1e-4, sg=model == "skipgram", workers=threads, seed=seed)
    w.build_vocab(sentences)
    start, cpu = time.perf_counter(), time.process_time()
    w.train(sentences, total_examples=len(sentences), epochs=epochs)
    return w.wv, time.perf_counter() - start, time.process_time() - cpu


def simile(tool, text, out, model, epochs, seed, threads, *more):
    command = [*tool.split(), "words", "train", text, "--out", out, "--format", "word2vecbinary", "--method", model, "--epochs", str(epochs), "--seed", str(seed),
               "--threads", str(threads), "--json", *more]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    result = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return result | {"cpu": after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("assets")
    parser.add_argument("simile")
    parser.add_argument("--epochs", type=int, default=20)
    parser.add_argument("--seeds", default="1,2,3,4,5")
    parser.add_argument("--models", default="cbow,skipgram")
    arguments = parser.parse_args()
    sentences = [s for s in (TOKEN.findall(line.lower()) for line in corpus(arguments.assets)) if s]
    words = sum(map(len, sentences))
    print(f"corpus: {len(sentences):,} lines, {words:,} words; {arguments.epochs} epochs, one thread for quality")
    seeds = [int(s) for s in arguments.seeds.split(",")]
    with tempfile.TemporaryDirectory() as folder:
        text, out = os.path.join(folder, "mixed.txt"), os.path.join(folder, "out.bin")
        with open(text, "w", encoding="utf-8") as f:
            f.writelines(" ".join(s) + "\n" for s in sentences)
        for model in arguments.models.split(","):
            once = min(simile(arguments.simile, text, out, model, 1, 1, 1)["cpu"] for _ in range(3))
            theirs, ours, their_speed, our_speed = [], [], [], []
            for seed in seeds:
                vectors, _, cpu = gensim(sentences, model, arguments.epochs, seed, 1)
                theirs.append(own_pairs(vectors))
                their_speed.append(words * arguments.epochs / cpu)
                run = simile(arguments.simile, text, out, model, arguments.epochs, seed, 1)
                our_speed.append(words * (arguments.epochs - 1) / (run["cpu"] - once))
                ours.append(own_pairs(KeyedVectors.load_word2vec_format(out, binary=True)))
            mean, deviation = statistics.mean(theirs), statistics.stdev(theirs) if len(theirs) > 1 else 0
            print(f"{model}: own pairs gensim {mean:.4f} +- {deviation:.4f} {[round(x, 4) for x in theirs]}")
            print(f"{model}: own pairs Simile {statistics.mean(ours):.4f} {[round(x, 4) for x in ours]}  bar {mean - deviation:.4f}: {'reached' if statistics.mean(ours) >= mean - deviation else 'MISSED'}")
            print(f"{model}: words/s of one thread, CPU time, best: gensim {max(their_speed):,.0f}, Simile {max(our_speed):,.0f}: {max(our_speed) / max(their_speed):.2f}x", flush=True)
            clock, cpu = {1: 1e9, 2: 1e9}, {1: 1e9, 2: 1e9}
            for _ in range(3):
                for threads in clock:
                    run = simile(arguments.simile, text, out, model, arguments.epochs, 1, threads)
                    clock[threads], cpu[threads] = min(clock[threads], run["learning_seconds"]), min(cpu[threads], run["cpu"] - once)
            print(f"{model}: two threads beside one: clock {clock[1] / clock[2]:.2f}x, by CPU time {2 * cpu[1] / cpu[2]:.2f}x; load {os.getloadavg()[0]:.0f} on {os.cpu_count()} cores", flush=True)


main()
