using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using MonaLisa.Engine;
using MonaLisa.Engine.Tests;
using MonaLisa.PowerShell;

namespace MonaLisa.Cmdlets.Tests.Fuzzing;

/// <summary>Training runs in PowerShell's CLIXML: values, names, types and the bytes inside are damaged.</summary>
internal sealed partial class ClixmlTarget : FuzzTarget, IDisposable
{
    private static readonly string[] Values =
    [
        "", "0", "1", "-1", "NaN", "INF", "2147483647", "2147483648", "9223372036854775807", "true", "PT-1S", "P99999D", "Adam", "..\\x",
        "AAAA", "&#27;[2J",
    ];

    private static readonly string[] Elements =
        ["I32", "I64", "Db", "S", "B", "TS", "BA", "Nil", "Obj", "URI", "Version", "SBK", "XD", "Ref"];

    private readonly Session _session;
    private readonly Runspace? _outerRunspace = Runspace.DefaultRunspace;

    /// <summary>Makes the samples in a session, and lets this thread deserialize in it.</summary>
    public ClixmlTarget(string folder)
    {
        File.WriteAllBytes(Path.Combine(folder, "a.png"), PngFile.Gradient(6, 5));
        _session = new Session(folder);
        const string Train = "$run = New-PixelDataset a.png -HoldOut 0.2 | Invoke-MlpTraining -HiddenLayer 3 -Epoch 2; ";
        Samples =
        [
            .. ((string[])["$run", "@{ run = $run }", "$run.Network", "$run.Dataset"]).Select(what => Encoding.UTF8.GetBytes(
                _session.Run(Train + $"[System.Management.Automation.PSSerializer]::Serialize(({what}))").Single<string>())),
        ];
        Runspace.DefaultRunspace = _session.Runspace;
    }

    /// <inheritdoc/>
    public override string Name => "clixml";

    /// <inheritdoc/>
    public override int UsualCount => 1000;

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Samples { get; }

    /// <inheritdoc/>
    public override byte[] Mutate(byte[] whole, Random random)
    {
        if (random.Next(8) == 0)
            return ByteMutator.Mutate(whole, random);
        string text = Encoding.UTF8.GetString(whole);
        for (int rounds = random.Next(1, 3); rounds > 0; rounds--)
            text = random.Next(5) switch
            {
                0 => Edit(text, ValuePattern(), _ => Values[random.Next(Values.Length)], random),
                1 => Edit(text, NumberPattern(), _ => random.NextInt64().ToString(CultureInfo.InvariantCulture), random),
                2 => Edit(text, LeafPattern(), _ => "", random),
                3 => Edit(text, LeafPattern(), leaf => Renamed(leaf, Elements[random.Next(Elements.Length)]), random),
                _ => Edit(text, BytesPattern(), bytes => Damaged(bytes, random), random),
            };
        return Encoding.UTF8.GetBytes(text);
    }

    /// <inheritdoc/>
    public override long Read(byte[] input)
    {
        object value;
        try
        {
            value = PSSerializer.Deserialize(Encoding.UTF8.GetString(input));
        }
        catch (XmlException)
        {
            // PowerShell's own refusal, which says nothing of this module.
            throw new PSInvalidCastException("PowerShell reads no object of it.");
        }
        if (Rehydration.Problem(value) is PSInvalidCastException problem)
            throw problem;
        if (Rehydration.Live(value) is TrainingRun run)
            Assert.True(run.Network.IsFinite && run.Network.OutputCount == run.Dataset.Channels && run.Dataset.TrainingPixelCount > 0);
        return 0;
    }

    /// <inheritdoc/>
    public override bool IsRefusal(Exception exception) => exception is PSInvalidCastException;

    /// <inheritdoc/>
    public void Dispose()
    {
        Runspace.DefaultRunspace = _outerRunspace;
        _session.Dispose();
    }

    [GeneratedRegex("(?<=>)[^<>\r\n]+(?=</)")]
    private static partial Regex ValuePattern();

    [GeneratedRegex("(?<=>)-?[0-9.]+(?=</)")]
    private static partial Regex NumberPattern();

    [GeneratedRegex("<(\\w+)( [^<>/]*)?>[^<>]*</\\1>")]
    private static partial Regex LeafPattern();

    [GeneratedRegex("(?<=<BA [^<>]*>)[^<>]*(?=</BA>)")]
    private static partial Regex BytesPattern();

    private static string Edit(string text, Regex pattern, Func<string, string> edit, Random random)
    {
        MatchCollection matches = pattern.Matches(text);
        if (matches.Count == 0)
            return text;
        Match match = matches[random.Next(matches.Count)];
        return text[..match.Index] + edit(match.Value) + text[(match.Index + match.Length)..];
    }

    private static string Damaged(string base64, Random random)
    {
        byte[] bytes = new byte[base64.Length];
        // An earlier round may have damaged the text itself.
        return Convert.TryFromBase64String(base64, bytes, out int count)
            ? Convert.ToBase64String(ByteMutator.Mutate(bytes[..count], random)) : base64;
    }

    private static string Renamed(string leaf, string element)
    {
        int nameEnd = leaf.IndexOfAny([' ', '>']);
        return "<" + element + leaf[nameEnd..leaf.LastIndexOf('<')] + "</" + element + ">";
    }
}
