using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using VectorData.ConformanceTests;
using StringKeyRecord = VectorData.ConformanceTests.DependencyInjectionTests<string>.Record;

namespace Simile.VectorData.Conformance;

public class SimileDependencyInjectionTests
    : DependencyInjectionTests<SimileVectorStore, SimileCollection<string, StringKeyRecord>, string, StringKeyRecord>
{
    private const string Prefix = "Simile";

    private static string Path => SimileTestStore.Instance.Path + "-services";

    public override IEnumerable<Func<IServiceCollection, object?, ServiceLifetime, IServiceCollection>> StoreDelegates
    {
        get
        {
            yield return (services, key, lifetime) => key is null
                ? services.AddSimileVectorStore(Path, lifetime: lifetime)
                : services.AddKeyedSimileVectorStore(key, Path, lifetime: lifetime);
            yield return (services, key, lifetime) => key is null
                ? services.AddSimileVectorStore(provider => Configured(provider, key), lifetime: lifetime)
                : services.AddKeyedSimileVectorStore(key, provider => Configured(provider, key), lifetime: lifetime);
        }
    }

    public override IEnumerable<Func<IServiceCollection, object?, string, ServiceLifetime, IServiceCollection>> CollectionDelegates
    {
        get
        {
            yield return (services, key, name, lifetime) => key is null
                ? services.AddSimileCollection<string, Record>(name, Path, lifetime: lifetime)
                : services.AddKeyedSimileCollection<string, Record>(key, name, Path, lifetime: lifetime);
            yield return (services, key, name, lifetime) => key is null
                ? services.AddSimileCollection<string, Record>(name, provider => Configured(provider, key), lifetime: lifetime)
                : services.AddKeyedSimileCollection<string, Record>(key, name, provider => Configured(provider, key), lifetime: lifetime);
        }
    }

    protected override void PopulateConfiguration(ConfigurationManager configuration, object? serviceKey = null) =>
        configuration.AddInMemoryCollection([new(CreateConfigKey(Prefix, serviceKey, "Path"), Path)]);

    private static string Configured(IServiceProvider provider, object? key) =>
        provider.GetRequiredService<IConfiguration>()[CreateConfigKey(Prefix, key, "Path")]!;
}
