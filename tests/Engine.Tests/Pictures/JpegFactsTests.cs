using MonaLisa.Engine.Pictures;
using NetVips;

namespace MonaLisa.Engine.Tests;

/// <summary>The check of a JPEG file takes work and memory in proportion to the file's length, whatever it claims.</summary>
public class JpegFactsTests
{
    private const int Side = 4096, Blocks = Side / 8 * (Side / 8), Length = 20_000, Scans = 300;

    [Fact]
    public void A_picture_that_is_too_large_is_not_checked()
    {
        byte[] file = Progressive(Scans, isRefinement: false);
        var budget = new JpegBudget(file.Length, TestContext.Current.CancellationToken);
        long all = budget.Left, before = GC.GetAllocatedBytesForCurrentThread();

        JpegFacts.Read(new MemoryStream(file), maxPixels: Side * Side - 1, budget);

        Assert.Equal(all, budget.Left);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8 * Blocks / 2);
    }

    [Fact]
    public void A_run_of_blocks_is_one_step()
    {
        byte[] file = Progressive(Scans, isRefinement: false);
        var budget = new JpegBudget(file.Length, TestContext.Current.CancellationToken);
        long all = budget.Left;

        Assert.Null(JpegFacts.Read(new MemoryStream(file), int.MaxValue, budget).Damage);

        // The memory for all blocks counts once, and each run as its first block and the others.
        Assert.InRange(all - budget.Left, Blocks, Blocks + 2 * Scans * Runs.Length);
    }

    [Fact]
    public void Scans_that_look_at_all_blocks_end_with_the_budget()
    {
        byte[] file = Progressive(Scans, isRefinement: true);
        var budget = new JpegBudget(file.Length, TestContext.Current.CancellationToken);

        Assert.Equal(FileFacts.None, JpegFacts.Read(new MemoryStream(file), int.MaxValue, budget));

        Assert.InRange(budget.Left, -Blocks, -1);
    }

    [Fact]
    public void A_blank_progressive_picture_is_checked_to_its_end()
    {
        PictureLibrary.EnsureReady();
        using Image blank = Image.Black(3840, 2160, bands: 3).Copy(interpretation: Enums.Interpretation.Srgb);
        byte[] file = blank.JpegsaveBuffer(interlace: true, q: 95)[..^2];
        var budget = new JpegBudget(file.Length, TestContext.Current.CancellationToken);

        // What is missing is known only when all scans were followed.
        Assert.Equal([0xff, 0xd9], JpegFacts.Read(new MemoryStream(file), int.MaxValue, budget).Tail);
    }

    [Fact]
    public void The_check_can_be_stopped()
    {
        byte[] file = Progressive(1, isRefinement: false);
        Assert.Throws<OperationCanceledException>(
            () => FileFacts.Read(new MemoryStream(file), "JPEG", int.MaxValue, new CancellationToken(canceled: true)));
    }

    private static int[] Runs { get; } = [.. Enumerable.Range(0, Blocks).Where(block => block % short.MaxValue == 0)];

    // A grey picture whose scans say in runs of 32,767 blocks that nothing is in them.
    private static byte[] Progressive(int scans, bool isRefinement)
    {
        byte high = Side >> 8;
        // The only code is a bit of 0, and means a run of 2^14 blocks and as many as fourteen bits say.
        byte[] size = [0xff, 0xc2, 0, 11, 8, high, 0, high, 0, 1, 1, 0x11, 0], codes = [0xff, 0xc4, 0, 20, 0x10, 1, .. new byte[15], 0xe0];
        byte[] header = [0xff, 0xda, 0, 8, 1, 1, 0, 1, 63, (byte)(isRefinement ? 0x10 : 0)];
        byte[] scan = [.. header, .. Stuffed(string.Concat(Runs.Select(_ => "011111111111111")))];
        byte[] file = [0xff, 0xd8, .. size, .. codes, .. Enumerable.Repeat(scan, scans).SelectMany(bytes => bytes), 0xff, 0xd9];
        return [.. file, .. new byte[Math.Max(0, Length - file.Length)]];
    }

    private static IEnumerable<byte> Stuffed(string bits) => bits.PadRight((bits.Length + 7) / 8 * 8, '1').Chunk(8)
        .Select(bits => Convert.ToByte(new string(bits), 2)).SelectMany(value => value == 0xff ? (byte[])[value, 0] : [value]);
}
