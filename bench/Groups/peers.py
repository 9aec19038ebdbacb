# scikit-learn on what Program.cs measures:  python3 bench/Groups/peers.py ASSETS [kmeans|tsne]
# For OpenBLAS at its own speed: env -u OPENBLAS_CORETYPE -u OPENBLAS_L2_SIZE python3 ...
import gzip, sys, time
import numpy as np
import sklearn
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.manifold import TSNE
from threadpoolctl import threadpool_info

assets, only = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else None
images = np.frombuffer(gzip.open(assets + "/data/mnist/t10k-images-idx3-ubyte.gz").read(), np.uint8)[16:].reshape(10000, 784).astype(np.float32) / 255
print("scikit-learn", sklearn.__version__, [(i["internal_api"], i.get("architecture"), i["num_threads"]) for i in threadpool_info()])

def best(work, rounds):
    clocks, processors = [], []
    for _ in range(rounds):
        clock, processor = time.time(), time.process_time()
        result = work()
        clocks.append(time.time() - clock)
        processors.append(time.process_time() - processor)
    return f"{min(clocks):.3f} s ({min(processors):.3f} s of processors)", result

if only in (None, "kmeans"):
    for k, restarts in [(10, 1), (10, 10), (100, 1)]:
        seconds, found = best(lambda: KMeans(k, n_init=restarts, random_state=1).fit(images), 1 if restarts > 1 else 2)
        print(f"k-means, k {k}, restarts {restarts}: {seconds}, inertia {found.inertia_:.0f}, {found.n_iter_} iterations", flush=True)

if only in (None, "tsne"):
    shortened = PCA(50).fit_transform(images)
    seconds, found = best(lambda: TSNE(perplexity=30, init="pca", random_state=1).fit_transform(shortened), 1)
    print(f"t-SNE, PCA 50, perplexity 30: {seconds}", flush=True)
