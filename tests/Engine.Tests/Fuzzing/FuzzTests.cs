namespace MonaLisa.Engine.Tests;

/// <summary>
/// Damaged inputs without end: whatever is in one, it is read or refused with a clear error, and takes no more memory than it should.
/// docs/hostile-files.md tells how to run it for hours. A reader is added by its <see cref="FuzzTarget"/> and a line in
/// <see cref="Makers"/>.
/// </summary>
[Collection(AloneCollection.Name)]
public class FuzzTests(ITestOutputHelper output)
{
    private static readonly Dictionary<string, Func<FuzzTarget>> Makers = new()
    {
        ["model"] = () => new ModelTarget(),
        ["compressed"] = () => new CompressedTarget(),
        ["latents"] = () => new LatentStreamTarget(),
        ["checkpoint"] = () => new CheckpointTarget(),
        ["resume"] = () => new ResumeTarget(),
        ["snapshots"] = () => new SnapshotsTarget(),
        ["journal"] = () => new JournalTarget(),
        ["packed-pixels"] = () => new PackedPixelsTarget(),
        ["png"] = () => new PictureTarget("PNG"),
        ["jpeg"] = () => new PictureTarget("JPEG"),
        ["webp"] = () => new PictureTarget("WebP"),
        ["tiff"] = () => new PictureTarget("TIFF"),
        ["gif"] = () => new PictureTarget("GIF"),
        ["avif"] = () => new PictureTarget("AVIF"),
        ["png-mask"] = () => new PictureTarget("PNG", asMask: true),
    };

    public static TheoryData<string> Targets => [.. Makers.Keys];

    [Theory]
    [MemberData(nameof(Targets))]
    public void Every_damaged_input_is_read_or_refused(string reader)
    {
        Assert.SkipUnless(FuzzSettings.Current.Includes(reader), "MONALISA_FUZZ_READERS names others.");
        FuzzTarget target = Makers[reader]();
        using (target as IDisposable)
            output.WriteLine(new FuzzRun(target, FuzzSettings.Current).Run());
    }
}
