using System.Buffers.Binary;
using MonaLisa.Engine.Models;

namespace MonaLisa.Engine.Tests.Models;

/// <summary>
/// Damaged files without end: whatever is in one, it loads or is refused with a <see cref="ModelFileException"/>, and takes no
/// more memory than it should. MONALISA_MUTATIONS sets how many are tried from each of the six whole files.
/// </summary>
public class ModelMutationTests
{
    private const int DefaultMutations = 3000;
    private const long SpareBytes = 64 << 20;

    public static TheoryData<string> Seeds => ["single", "half", "int8", "grid", "deep", "compressed"];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Every_mutation_loads_or_is_refused(string kind)
    {
        byte[] whole = kind switch
        {
            "single" => SampleNetworks.File(SampleNetworks.Small().WithTraining(SampleNetworks.Facts)),
            "half" => SampleNetworks.File(SampleNetworks.Small(9, 3, 7), ModelPrecision.Half),
            "int8" => SampleNetworks.File(SampleNetworks.Small(9, 3, 7), ModelPrecision.Int8),
            "grid" => SampleNetworks.File(SampleNetworks.Grid()),
            "compressed" => SampleNetworks.CompressedFile(SampleNetworks.LearnedGrid().WithTraining(SampleNetworks.Facts)),
            _ => SampleNetworks.File(SampleNetworks.Small([.. Enumerable.Repeat(2, 40)])),
        };
        int count = int.TryParse(Environment.GetEnvironmentVariable("MONALISA_MUTATIONS"), out int given) ? given : DefaultMutations;
        int loaded = 0, refused = 0;
        for (int seed = 0; seed < count; seed++)
        {
            byte[] file = ModelMutator.Mutate(whole, new Random(seed));
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                Check(ModelReader.Read(new MemoryStream(file), new ModelFaults("file")).Network);
                loaded++;
            }
            catch (ModelFileException exception)
            {
                Assert.DoesNotContain(exception.Message, char.IsControl);
                refused++;
            }
            catch (Exception exception) when (exception is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"Mutation {seed} of '{kind}': {exception}");
            }
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated <= 4L * file.Length + SpareBytes, $"Mutation {seed} of '{kind}' took {allocated} bytes.");
        }

        // A mutator that always hits the same check would show nothing.
        Assert.True(refused > count / 4, $"Only {refused} of {count} were refused.");
        Assert.True(loaded > count / 100, $"Only {loaded} of {count} were loaded.");
    }

    private static void Check(Mlp network)
    {
        network.Design.Validate();
        Assert.True(network.IsFinite);
    }
}
