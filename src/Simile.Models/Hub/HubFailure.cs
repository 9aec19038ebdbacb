namespace Simile.Models;

/// <summary>Why a request to the hub failed.</summary>
public enum HubFailure
{
    /// <summary>There is no such repository, or it is private.</summary>
    NoRepository,

    /// <summary>The repository has no such branch, tag or commit.</summary>
    NoRevision,

    /// <summary>The revision has no such file.</summary>
    NoFile,

    /// <summary>The owner gives the files only to those who accept its terms.</summary>
    Gated,

    /// <summary>The access token is wrong, or lacks the permission.</summary>
    Refused,

    /// <summary>The hub cannot be reached, or does not answer in time.</summary>
    Unreachable,

    /// <summary>The hub answers with an error of its own, or asks for a long pause.</summary>
    Busy,

    /// <summary>The received content is not what the hub announced.</summary>
    Damaged,

    /// <summary>Only the cache may be used, and it does not hold the files.</summary>
    Offline,

    /// <summary>The repository holds no files that Simile could use.</summary>
    NothingUseful,
}
