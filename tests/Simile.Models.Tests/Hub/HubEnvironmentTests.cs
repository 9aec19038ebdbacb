using Simile.Testing;

namespace Simile.Models.Tests;

/// <summary>The environment variables of the hub's Python client, each test in a process of its own.</summary>
public sealed class HubEnvironmentTests
{
    private static readonly string[] All =
    [
        "HF_HOME", "HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE", "HF_TOKEN", "HUGGING_FACE_HUB_TOKEN",
        "HF_TOKEN_PATH", "HF_HUB_DISABLE_IMPLICIT_TOKEN", "HF_ENDPOINT", "HF_HUB_OFFLINE",
        "TRANSFORMERS_OFFLINE", "HF_HUB_DOWNLOAD_TIMEOUT", "XDG_CACHE_HOME", "TORCH_HOME",
    ];

    [Fact]
    public void The_cache_is_where_the_Python_client_has_it() => OwnProcess.Run(typeof(HubEnvironmentTests), () =>
    {
        Clear();
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        Assert.Equal(Path.Combine(home, ".cache", "huggingface", "hub"), HubCache.Root);
        Environment.SetEnvironmentVariable("XDG_CACHE_HOME", "/x");
        Assert.Equal("/x/huggingface/hub", HubCache.Root);
        Assert.Equal("/x/torch/hub/checkpoints", HubEnvironment.TorchCheckpoints);
        Environment.SetEnvironmentVariable("HF_HOME", "~/models");
        Assert.Equal(Path.Combine(home, "models", "hub"), HubCache.Root);
        Environment.SetEnvironmentVariable("HF_HUB_CACHE", "/y");
        Assert.Equal("/y", HubCache.Root);
    });

    [Fact]
    public void The_token_is_the_variable_s_or_the_file_s() => OwnProcess.Run(typeof(HubEnvironmentTests), () =>
    {
        Clear();
        var home = Assets.NewFolder();
        Environment.SetEnvironmentVariable("HF_HOME", home);
        Assert.Null(new HubOptions().Token);
        File.WriteAllText(Path.Combine(home, "token"), "hf_file\n");
        Assert.Equal("hf_file", new HubOptions().Token);
        Environment.SetEnvironmentVariable("HF_TOKEN", " hf_variable \n");
        Assert.Equal("hf_variable", new HubOptions().Token);
        Environment.SetEnvironmentVariable("HF_HUB_DISABLE_IMPLICIT_TOKEN", "1");
        Assert.Null(new HubOptions().Token);
        Directory.Delete(home, recursive: true);
    });

    [Fact]
    public void Offline_endpoint_and_time_limit_are_read() => OwnProcess.Run(typeof(HubEnvironmentTests), () =>
    {
        Clear();
        Assert.Equal(
            (false, "https://huggingface.co/", 10),
            (new HubOptions().Offline, new HubOptions().Endpoint.AbsoluteUri, new HubOptions().Timeout.TotalSeconds));
        Environment.SetEnvironmentVariable("HF_HUB_OFFLINE", "yes");
        Environment.SetEnvironmentVariable("HF_ENDPOINT", "https://hf-mirror.example/");
        Environment.SetEnvironmentVariable("HF_HUB_DOWNLOAD_TIMEOUT", "60");
        Assert.Equal(
            (true, "hf-mirror.example", 60),
            (new HubOptions().Offline, new HubOptions().Endpoint.Host, new HubOptions().Timeout.TotalSeconds));
        Environment.SetEnvironmentVariable("HF_ENDPOINT", "mirror");
        Assert.Contains("HF_ENDPOINT", Assert.Throws<HubException>(() => new HubOptions()).Message, StringComparison.Ordinal);
    });

    [Fact]
    public void A_proxy_is_asked_in_the_place_of_the_hub() => OwnProcess.Run(typeof(HubEnvironmentTests), () =>
    {
        Clear();
        using var proxy = new HubServer();
        Environment.SetEnvironmentVariable("http_proxy", proxy.Endpoint.AbsoluteUri);
        Environment.SetEnvironmentVariable("no_proxy", null);
        var cache = Assets.NewFolder();
        using var hub = new HubClient(proxy.Options(cache) with { Endpoint = new Uri("http://hub.invalid") });
        Assert.ThrowsAny<HubException>(() => hub.PullAsync("some/model").GetAwaiter().GetResult());
        Assert.StartsWith("http://hub.invalid/api/models/some/model", proxy.Requests[0].Path, StringComparison.Ordinal);
        Directory.Delete(cache, recursive: true);
    });

    [Fact]
    public void A_network_of_torchvision_is_found_in_PyTorch_s_cache_and_in_timm_s_repository() =>
        OwnProcess.Run(typeof(HubEnvironmentTests), () =>
        {
            Clear();
            var folder = Assets.NewFolder();
            Environment.SetEnvironmentVariable("TORCH_HOME", Path.Combine(folder, "torch"));
            Environment.SetEnvironmentVariable("HF_HUB_CACHE", Path.Combine(folder, "hub"));
            Assert.Equal("resnet18", HubCache.Locate("resnet18"));
            var snapshot =
                Directory.CreateDirectory(Path.Combine(folder, "hub", "models--timm--resnet18.tv_in1k", "snapshots", "abc")).FullName;
            Assert.Equal(snapshot, HubCache.Locate("resnet18"));
            var weights = Path.Combine(
                Directory.CreateDirectory(Path.Combine(folder, "torch", "hub", "checkpoints")).FullName, "resnet18-f37072fd.pth");
            File.WriteAllText(weights, "");
            File.WriteAllText(Path.Combine(folder, "torch", "hub", "checkpoints", "resnet18-quantized-f37072fd.pth"), "");
            Assert.Equal(weights, HubCache.Locate("resnet18"));
            Assert.True(HubCache.Has("resnet18"));
            Assert.Equal("timm/vgg16.tv_in1k", TorchVisionWeights.Twin("vgg16"));
            Directory.Delete(folder, recursive: true);
        });

    private static void Clear()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The paths are those of POSIX.");
        foreach (var name in All)
        {
            Environment.SetEnvironmentVariable(name, null);
        }
    }
}
