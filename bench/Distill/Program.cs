using Distill;
using Simile.Models;

// texts [WORDNET] [CAPTIONS]
//     Prints training texts, one per line: WordNet's glosses and examples, and CAPTIONS generated sentences.
// run STSB.csv TEACHER OUT [TEXTS] [DIMENSIONS] [TYPE]
//     Distills a teacher, then prints Spearman's correlation and the time in seconds.
// speed TEXTS MODEL
//     Prints how many texts of 40 to 80 characters are embedded per second of processor time.
// evaluate STSB.csv MODEL…
//     Prints Spearman's correlation of each model.
switch (args)
{
    case ["texts", .. var rest]:
        var wordNet = new WordNet(rest.ElementAtOrDefault(0) ?? "/usr/share/wordnet");
        var captions = new Captions(wordNet, seed: 1);
        var made = Enumerable.Range(0, int.Parse(rest.ElementAtOrDefault(1) ?? "24000")).Select(_ => captions.Next());
        foreach (var text in Glosses.Of(wordNet).Concat(made).Distinct())
        {
            Console.WriteLine(text);
        }

        return 0;
    case ["run", var file, var teacher, var folder, .. var rest]:
        Runs.Distill(teacher, folder, rest);
        Runs.Evaluate(file, [folder]);
        return 0;
    case ["evaluate", var file, .. var models]:
        Runs.Evaluate(file, models);
        return 0;
    case ["speed", var file, var name]:
        Runs.Speed(name, file);
        return 0;
    default:
        Console.Error.WriteLine("Say texts, run, evaluate or speed: Program.cs says with what.");
        return 2;
}
