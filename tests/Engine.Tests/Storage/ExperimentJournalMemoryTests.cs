using System.Globalization;
using System.Text;
using MonaLisa.Engine.Storage;

namespace MonaLisa.Engine.Tests;

/// <summary>Measures the memory of the process, in which nothing else may run meanwhile.</summary>
[Collection(AloneCollection.Name)]
public class ExperimentJournalMemoryTests
{
    [Fact]
    public void A_large_file_takes_less_memory_than_itself()
    {
        const int Count = 20_000;
        using var folder = new TemporaryFolder();
        string path = folder.File("results.jsonl");
        byte[] line = JournalLines.Of(ExperimentJournalTests.Record("a"));
        int key = line.AsSpan().IndexOf("00000a\""u8);
        using (FileStream file = File.Create(path))
            for (int number = 0; number < Count; number++)
            {
                Encoding.UTF8.GetBytes(number.ToString("x6", CultureInfo.InvariantCulture)).CopyTo(line, key);
                file.Write(line);
            }

        long before = GC.GetTotalMemory(forceFullCollection: true);
        using var journal = new ExperimentJournal(path);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, 0, new FileInfo(path).Length / 2);
        Assert.Equal(Count, journal.Count);
        Assert.Equal(20.5, journal.Find(ExperimentJournalTests.KeyOf("3039"))!.Psnr);
    }
}
