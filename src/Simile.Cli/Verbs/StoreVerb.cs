using System.CommandLine;

namespace Simile.Cli;

/// <summary>simile store …: the verbs about stores.</summary>
internal static class StoreVerb
{
    public static Command Create(Job job) => new Verb(
        "store",
        "Checks a store, gives back its disk, or copies it.",
        "simile store check --store notes.simile",
        "simile store vacuum --store notes.simile")
    {
        StoreCheckVerb.Create(job),
        StoreVacuumVerb.Create(job),
        StoreBackupVerb.Create(job),
    };
}
