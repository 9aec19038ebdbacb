// hnswlib, one query at a time on one thread, timed in that thread's CPU seconds: other load on the machine then costs cache, not scheduling.
//   peer_hnswlib build  METRIC BASE.fvecs INDEX THREADS          prints: wall seconds, CPU seconds, bytes of the file
//   peer_hnswlib search METRIC INDEX QUERIES.fvecs TRUTH.ivecs COUNT EF,EF,… [SHARE]
//                                                                prints a line an ef: ef, recall@10, queries a second
// SHARE in (0, 1]: only labels whose hash is below it may be answered. This version's way to say so is to mark the others deleted,
// which is what later versions' filter functor does while it walks: go through, but do not answer.
#include <hnswlib/hnswlib.h>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

static const int M = 16, EfConstruction = 200, K = 10;

template <class T> struct Rows {
  int width = 0;
  std::vector<T> all;
  size_t count() const { return all.size() / width; }
  const T* operator[](size_t i) const { return all.data() + i * width; }
};

template <class T> static Rows<T> read(const char* path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) { perror(path); exit(1); }
  Rows<T> rows;
  for (int32_t width; in.read((char*)&width, 4);) {
    rows.width = width;
    rows.all.resize(rows.all.size() + width);
    in.read((char*)(rows.all.data() + rows.all.size() - width), 4L * width);
  }
  return rows;
}

static double clock_of(clockid_t id) {
  timespec t;
  clock_gettime(id, &t);
  return t.tv_sec + 1e-9 * t.tv_nsec;
}

static hnswlib::SpaceInterface<float>* space(const std::string& metric, int width) {
  if (metric == "l2") return new hnswlib::L2Space(width);
  return new hnswlib::InnerProductSpace(width);
}

static bool allowed(uint32_t id, double share) { return id * 2654435761u < share * 4294967296.0; }

static int build(char** a) {
  auto base = read<float>(a[3]);
  int threads = atoi(a[5]);
  hnswlib::HierarchicalNSW<float> graph(space(a[2], base.width), base.count(), M, EfConstruction);
  double wall = clock_of(CLOCK_MONOTONIC), cpu = clock_of(CLOCK_PROCESS_CPUTIME_ID);
  std::atomic<size_t> next(0);
  std::vector<std::thread> workers;
  for (int t = 0; t < threads; t++)
    workers.emplace_back([&] { for (size_t i; (i = next++) < base.count();) graph.addPoint(base[i], i); });
  for (auto& worker : workers) worker.join();
  wall = clock_of(CLOCK_MONOTONIC) - wall;
  cpu = clock_of(CLOCK_PROCESS_CPUTIME_ID) - cpu;
  graph.saveIndex(a[4]);
  std::ifstream file(a[4], std::ios::ate | std::ios::binary);
  printf("%.3f %.3f %lld\n", wall, cpu, (long long)file.tellg());
  return 0;
}

static int search(int argc, char** a) {
  auto queries = read<float>(a[4]);
  auto truth = read<int32_t>(a[5]);
  size_t count = std::min<size_t>(atoi(a[6]), queries.count());
  hnswlib::HierarchicalNSW<float> graph(space(a[2], queries.width), a[3]);
  if (argc > 8)
    for (size_t i = 0; i < graph.cur_element_count; i++)
      if (!allowed(i, atof(a[8]))) graph.markDelete(i);
  std::stringstream list(a[7]);
  for (std::string item; std::getline(list, item, ',');) {
    graph.setEf(atoi(item.c_str()));
    for (size_t i = 0; i < std::min<size_t>(200, count); i++) graph.searchKnn(queries[count - 1 - i], K);
    std::vector<size_t> found(count * K, (size_t)-1);
    double from = clock_of(CLOCK_THREAD_CPUTIME_ID);
    for (size_t i = 0; i < count; i++) {
      auto best = graph.searchKnn(queries[i], K);
      for (size_t at = best.size(); at > 0; best.pop()) found[i * K + --at] = best.top().second;
    }
    double seconds = clock_of(CLOCK_THREAD_CPUTIME_ID) - from;
    size_t hits = 0;
    for (size_t i = 0; i < count; i++)
      for (int j = 0; j < K; j++)
        for (int l = 0; l < K; l++) hits += found[i * K + j] == (size_t)truth[i][l];
    printf("%s %.5f %.1f\n", item.c_str(), hits / (double)(count * K), count / seconds);
    fflush(stdout);
  }
  return 0;
}

int main(int argc, char** a) {
  if (argc == 6 && std::string(a[1]) == "build") return build(a);
  if (argc >= 8 && std::string(a[1]) == "search") return search(argc, a);
  fprintf(stderr, "see the head of peer_hnswlib.cpp\n");
  return 2;
}
