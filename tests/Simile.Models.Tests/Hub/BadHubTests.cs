using System.Diagnostics;
using Simile.Testing;

namespace Simile.Models.Tests;

/// <summary>Hubs and networks that fail in every way.</summary>
public sealed class BadHubTests : IDisposable
{
    private readonly string _cache = Assets.NewFolder();
    private readonly HubServer _server = PullTests.SmallModel();

    public void Dispose()
    {
        _server.Dispose();
        Directory.Delete(_cache, recursive: true);
    }

    [Fact]
    public async Task A_dropped_connection_is_gone_on_with_where_it_broke()
    {
        var drops = 0;
        _server.Change = (request, reply) => request.IsOfStorage && drops++ < 8 ? reply with { Sent = 30_000 } : reply;
        await AssertPulledAsync();
        Assert.True(_server.Requests.Count(request => request.RangeFrom > 0) >= 4);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task A_busy_hub_is_asked_again_after_the_pause_it_asks_for(int status)
    {
        var failures = 0;
        _server.Change = (_, reply) => failures++ < 2 ? new HubReply(status, []) { Headers = { ["Retry-After"] = "1" } } : reply;
        var start = Stopwatch.GetTimestamp();
        await AssertPulledAsync();
        Assert.True(Stopwatch.GetElapsedTime(start) > TimeSpan.FromSeconds(1.8));
    }

    [Fact]
    public async Task A_pause_that_is_too_long_is_told()
    {
        _server.Change = (_, _) => new HubReply(429, []) { Headers = { ["Retry-After"] = "3600" } };
        var e = await AssertFailsAsync(HubFailure.Busy);
        Assert.Contains("3600 seconds", e.Message, StringComparison.Ordinal);
        Assert.Single(_server.Requests);
    }

    [Fact]
    public async Task A_hub_that_fails_always_is_given_up()
    {
        _server.Change = (request, reply) => request.IsOfStorage ? new HubReply(500, []) : reply;
        await AssertFailsAsync(HubFailure.Busy);
        Assert.Equal(5, _server.Requests.Count(request => request.IsOfStorage));
    }

    [Fact]
    public async Task A_stalled_answer_is_given_up_and_made_again()
    {
        var stalls = 0;
        _server.Change = (request, reply) => request.IsOfStorage && stalls++ < 2 ? reply with { Sent = 50_000, Stalls = true } : reply;
        await AssertPulledAsync(new HubClient(_server.Options(_cache) with { Timeout = TimeSpan.FromMilliseconds(500) }));
    }

    [Fact]
    public async Task A_hub_that_never_answers_is_given_up()
    {
        _server.Change = (_, reply) => reply with { ToldLength = 100, Sent = 0, Stalls = true };
        var e = await AssertFailsAsync(
            HubFailure.Unreachable, new HubClient(_server.Options(_cache) with { Timeout = TimeSpan.FromMilliseconds(200) }));
        Assert.Contains("HF_HUB_DOWNLOAD_TIMEOUT", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_hub_at_all_is_told()
    {
        _server.Dispose();
        Assert.Contains("cannot be reached", (await AssertFailsAsync(HubFailure.Unreachable)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changed_bytes_are_brought_again_and_never_kept()
    {
        var lies = 0;
        _server.Change = (request, reply) => request.IsOfStorage && lies++ < 2 ? reply with { Body = Changed(reply.Body) } : reply;
        await AssertPulledAsync();
    }

    [Fact]
    public async Task A_hub_that_lies_about_the_content_always_is_told()
    {
        _server.Change = (request, reply) => request.IsOfStorage ? reply with { Body = Changed(reply.Body) } : reply;
        await AssertFailsAsync(HubFailure.Damaged);
        Assert.Equal(3, _server.Requests.Count(request => request.IsOfStorage));
    }

    [Fact]
    public async Task A_small_file_has_git_s_hash_and_is_checked_by_it()
    {
        _server.Change = (request, reply) =>
            request.Path.EndsWith("/config.json", StringComparison.Ordinal) ? reply with { Body = Changed(reply.Body) } : reply;
        await AssertFailsAsync(HubFailure.Damaged);
    }

    [Theory]
    [InlineData(100_000)]
    [InlineData(400_000)]
    public async Task A_wrong_length_is_not_believed(int told)
    {
        var lies = 0;
        _server.Change = (request, reply) => request.IsOfStorage && lies++ < 2 ? reply with { ToldLength = told } : reply;
        await AssertPulledAsync();
    }

    [Fact]
    public async Task A_hub_that_lies_about_the_length_always_is_told()
    {
        _server.Change = (request, reply) => request.IsOfStorage ? reply with { ToldLength = 100_000 } : reply;
        Assert.Contains("300,000", (await AssertFailsAsync(HubFailure.Damaged)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_range_that_is_ignored_begins_anew()
    {
        var first = true;
        _server.Change = (request, reply) =>
        {
            var drop = request.IsOfStorage && first;
            first &= !drop;
            return drop ? reply with { Sent = 40_000 }
                : request.RangeFrom is null ? reply
                : new HubReply(200, _server.Content("model.safetensors"));
        };
        await AssertPulledAsync();
    }

    [Fact]
    public async Task A_hub_that_ignores_ranges_and_breaks_at_the_same_byte_is_given_up()
    {
        _server.Change =
            (request, reply) => request.IsOfStorage ? new HubReply(200, _server.Content("model.safetensors")) { Sent = 40_000 } : reply;
        await AssertFailsAsync(HubFailure.Unreachable);
    }

    [Fact]
    public async Task A_range_that_cannot_be_had_begins_anew()
    {
        await LeaveAsync(_server.Content("model.safetensors")[..40_000]);
        _server.Change = (request, reply) => request.RangeFrom is null ? reply : new HubReply(416, []);
        await AssertPulledAsync();
    }

    [Fact]
    public async Task Left_bytes_of_another_file_are_found_out()
    {
        await LeaveAsync(PullTests.Noise(70_000));
        await AssertPulledAsync();
    }

    [Fact]
    public async Task More_left_bytes_than_the_file_has_are_dropped()
    {
        await LeaveAsync(PullTests.Noise(500_000));
        await AssertPulledAsync();
    }

    [Fact]
    public async Task A_gated_model_is_explained_with_what_to_do()
    {
        _server.Change = (request, reply) => request.Path.StartsWith("/some/", StringComparison.Ordinal)
            ? new HubReply(401, []) { Headers = { ["X-Error-Code"] = "GatedRepo" } }
            : reply;
        var e = await AssertFailsAsync(HubFailure.Gated);
        Assert.Contains($"{_server.Endpoint}some/model", e.Message, StringComparison.Ordinal);
        Assert.Contains("HF_TOKEN", e.Message, StringComparison.Ordinal);
        e = await AssertFailsAsync(HubFailure.Gated, new HubClient(_server.Options(_cache) with { Token = "hf_x" }));
        Assert.Contains("no access yet", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_is_not_there_is_told_from_a_revision_that_is_not()
    {
        using var hub = new HubClient(_server.Options(_cache));
        var model = await Assert.ThrowsAsync<HubException>(() => hub.PullAsync("some/modell"));
        var revision = await Assert.ThrowsAsync<HubException>(() => hub.PullAsync("some/model@v2"));
        Assert.Equal((HubFailure.NoRepository, HubFailure.NoRevision), (model.Failure, revision.Failure));
        Assert.Contains("models search", model.Message, StringComparison.Ordinal);
        Assert.Contains("\"v2\"", revision.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(() => hub.PullAsync("../../etc"));
    }

    [Fact]
    public async Task A_wrong_token_is_told_from_a_missing_model()
    {
        _server.Change =
            (_, _) => new HubReply(401, []) { Headers = { ["X-Error-Message"] = "Invalid credentials in Authorization header" } };
        Assert.Contains("access token", (await AssertFailsAsync(HubFailure.Refused)).Message, StringComparison.Ordinal);
        _server.Change = (_, _) => new HubReply(403, []);
        await AssertFailsAsync(HubFailure.Refused);
    }

    [Theory]
    [InlineData("""{"sha": "../../x", "siblings": []}""")]
    [InlineData("""{"sha": "0123", "siblings": [{"rfilename": "../../../home/.bashrc", "size": 3}]}""")]
    [InlineData("""{"sha": "0123", "siblings": [{"rfilename": "/etc/passwd", "size": 3}]}""")]
    [InlineData("""{"sha": "0123", "siblings": [{"rfilename": "a\\..\\b", "size": 3}]}""")]
    [InlineData("""{"siblings": 7}""")]
    [InlineData("""<html>Please log in</html>""")]
    public async Task A_listing_that_leads_out_of_the_cache_is_refused(string listing)
    {
        _server.Change = (request, reply) => request.Path.StartsWith("/api", StringComparison.Ordinal)
            ? reply with { Body = System.Text.Encoding.UTF8.GetBytes(listing) }
            : reply;
        await AssertFailsAsync(HubFailure.Damaged);
        Assert.Empty(Directory.EnumerateFiles(_cache, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Redirects_without_an_end_are_told()
    {
        _server.Change = (request, _) => new HubReply(302, []) { Headers = { ["Location"] = request.Path } };
        await AssertFailsAsync(HubFailure.Damaged);
    }

    private async Task LeaveAsync(byte[] bytes)
    {
        var blobs = Directory.CreateDirectory(Path.Combine(_cache, "models--some--model", "blobs")).FullName;
        await File.WriteAllBytesAsync(Path.Combine(blobs, _server.Etag("model.safetensors") + ".incomplete"), bytes);
    }

    private async Task AssertPulledAsync(HubClient? client = null)
    {
        using var hub = client ?? new HubClient(_server.Options(_cache));
        var made = await hub.PullAsync("some/model");
        Assert.Equal(_server.Content("model.safetensors"), await File.ReadAllBytesAsync(Path.Combine(made.Folder, "model.safetensors")));
    }

    // Nothing that looks like a model is left.
    private async Task<HubException> AssertFailsAsync(HubFailure failure, HubClient? client = null)
    {
        using var hub = client ?? new HubClient(_server.Options(_cache));
        var e = await Assert.ThrowsAsync<HubException>(() => hub.PullAsync("some/model"));
        Assert.Equal(failure, e.Failure);
        Effort.AssertIsSentence(e.Message);
        Assert.False(Directory.Exists(Path.Combine(_cache, "models--some--model", "snapshots")));
        return e;
    }

    private static byte[] Changed(byte[] bytes)
    {
        var changed = bytes.ToArray();
        changed[^1] ^= 1;
        return changed;
    }
}
