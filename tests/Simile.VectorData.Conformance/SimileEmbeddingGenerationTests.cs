using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.VectorData;
using VectorData.ConformanceTests;
using VectorData.ConformanceTests.Support;

namespace Simile.VectorData.Conformance;

public class SimileEmbeddingGenerationTests(
    SimileEmbeddingGenerationTests.StringVectorFixture stringVectorFixture,
    SimileEmbeddingGenerationTests.RomOfFloatVectorFixture romOfFloatVectorFixture)
    : EmbeddingGenerationTests<int>(stringVectorFixture, romOfFloatVectorFixture),
        IClassFixture<SimileEmbeddingGenerationTests.StringVectorFixture>,
        IClassFixture<SimileEmbeddingGenerationTests.RomOfFloatVectorFixture>
{
    private static SimileVectorStore NewStore(IEmbeddingGenerator? generator) =>
        new(SimileTestStore.Instance.Path, new SimileVectorStoreOptions { EmbeddingGenerator = generator });

    public new class StringVectorFixture : EmbeddingGenerationTests<int>.StringVectorFixture
    {
        public override TestStore TestStore => SimileTestStore.Instance;

        public override VectorStore CreateVectorStore(IEmbeddingGenerator? embeddingGenerator = null) => NewStore(embeddingGenerator);

        public override Func<IServiceCollection, IServiceCollection>[] DependencyInjectionStoreRegistrationDelegates =>
            [services => services.AddSimileVectorStore(SimileTestStore.Instance.Path)];

        public override Func<IServiceCollection, IServiceCollection>[] DependencyInjectionCollectionRegistrationDelegates =>
            [services => services.AddSimileCollection<int, RecordWithAttributes>(CollectionName, SimileTestStore.Instance.Path)];
    }

    public new class RomOfFloatVectorFixture : EmbeddingGenerationTests<int>.RomOfFloatVectorFixture
    {
        public override TestStore TestStore => SimileTestStore.Instance;

        public override VectorStore CreateVectorStore(IEmbeddingGenerator? embeddingGenerator = null) => NewStore(embeddingGenerator);

        public override Func<IServiceCollection, IServiceCollection>[] DependencyInjectionStoreRegistrationDelegates =>
            [services => services.AddSimileVectorStore(SimileTestStore.Instance.Path)];

        public override Func<IServiceCollection, IServiceCollection>[] DependencyInjectionCollectionRegistrationDelegates =>
            [services => services.AddSimileCollection<int, RecordWithAttributes>(CollectionName, SimileTestStore.Instance.Path)];
    }
}
