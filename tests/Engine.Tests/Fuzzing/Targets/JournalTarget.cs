using System.Text;
using MonaLisa.Engine.Platform;
using MonaLisa.Engine.Storage;

namespace MonaLisa.Engine.Tests;

/// <summary>Files of experiments. They have no checksum, so every damage reaches the values.</summary>
internal sealed class JournalTarget : FuzzTarget
{
    private static readonly string[] Words =
    [
        "", "Psnr", "psobject", "psbase", "pstypenames", "PSComputerName", "Epoch", "epoch", "Diverged", "Infinity", "NaN", "\\ud800",
        "\\u0000", "\\u001b[2J", "\\u202e", "../x", "c:x", "/etc/passwd", "x-0123456789ab.safetensors", new('x', 400),
    ];

    /// <inheritdoc/>
    public override string Name => "journal";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Samples { get; } =
    [
        Sample(Record("0123456789ab", 1)),
        Sample(Record("0123456789ab", 1), Record("a123456789ab", 2) with { Psnr = double.PositiveInfinity, HeldOutPsnr = 20, HeldOutMae = 0.1 }),
        Sample(Record("0123456789ab", 3) with { StopReason = ExperimentRecord.Diverged, Psnr = null, Model = null }, Record("b123456789ab", 4)),
    ];

    /// <inheritdoc/>
    public override byte[] Mutate(byte[] whole, Random random)
    {
        for (int rounds = random.Next(1, 4); rounds > 0; rounds--)
            whole = random.Next(4) switch
            {
                0 => Edit(whole, json => JsonMutator.SetNumber(json, random)),
                1 => Edit(whole, json => JsonMutator.SetSmallNumber(json, random)),
                2 => Edit(whole, json => JsonMutator.SetWord(json, Words, random)),
                _ => ByteMutator.MutateOnce(whole, random),
            };
        return whole;
    }

    /// <inheritdoc/>
    public override long Read(byte[] input)
    {
        long end = JournalLines.Read(new MemoryStream(input), (record, start, length) =>
        {
            Assert.True(start + length <= input.Length);
            Assert.Null(record.Problem());
            // What is read can be written, and is the same then.
            Assert.Equal(record.Key, JournalLines.Parse(JournalLines.Of(record).AsSpan(..^1)).Key);
            Assert.All(record.Settings, setting => Assert.True(PlainText.IsPlain(setting.Key + setting.Value) && setting.Key.Length > 0));
        });
        Assert.InRange(end, 0, input.Length);
        return 0;
    }

    /// <inheritdoc/>
    public override bool IsRefusal(Exception exception) => exception is FormatException;

    private static byte[] Edit(byte[] file, Func<string, string> edit) => Encoding.UTF8.GetBytes(edit(Encoding.UTF8.GetString(file)));

    private static byte[] Sample(params ExperimentRecord[] records) => [.. records.SelectMany(JournalLines.Of)];

    private static ExperimentRecord Record(string key, int seed) => new()
    {
        Key = key.PadRight(32, '0'), Picture = "a picture",
        Settings = new Dictionary<string, object>
        {
            ["Activation"] = "Sine", ["Epoch"] = 7L, ["LearningRate"] = 1e-3, ["MeasureEachEpoch"] = true, ["HiddenLayer"] = "4,4",
        },
        Seed = seed, Psnr = 20.5, Mae = 0.1, Ssim = 0.9, Shape = "2-4-4-3", ParameterCount = 47, WeightCount = 36, Epochs = 7,
        Seconds = 1.5, PixelsPerSecond = 1e5, StopReason = "Epoch", Model = $"a picture-{key}.safetensors",
    };
}
