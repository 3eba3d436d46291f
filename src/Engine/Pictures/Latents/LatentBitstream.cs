using System.Buffers.Binary;
using System.Text;
using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Pictures;

/// <summary>
/// A network with latents in few bytes; docs/model-format.md has the layout. The networks are stored by how they differ from
/// <see cref="LatentEncoding.Start"/>, and the latents by what the entropy network expects of them.
/// </summary>
internal static class LatentBitstream
{
    /// <summary>A picture up to this many pixels may be in a file of any length.</summary>
    public const int FreePixels = 1 << 20;

    /// <summary>Beyond that, the most pixels for each byte of the file.</summary>
    public const int MostPixelsPerByte = 4096;

    /// <summary>Bytes of a file before the stream: its name, its version and its checksum.</summary>
    public const int FrameBytes = 9;

    private const int ManyPixels = 1 << 18, LongestRow = 1 << 14;

    private const int MostNameBytes = 255, ChannelBits = 7, HasStart = 8, LevelShift = 4;

    /// <summary>The fewest bytes of a file with so large a picture.</summary>
    public static int LeastLength(long pixelCount) =>
        (int)(Math.Max(0, pixelCount - FreePixels + MostPixelsPerByte - 1) / MostPixelsPerByte);

    /// <summary>The length of the file of a stream; one that would be too short is filled up with zeros.</summary>
    public static int FileLength(byte[] stream, long pixelCount) => Math.Max(FrameBytes + stream.Length, LeastLength(pixelCount));

    /// <summary>The bytes of a network. Numbers that a stream cannot hold are rounded.</summary>
    /// <param name="network">The network.</param>
    /// <param name="training">The training behind it, or null.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public static byte[] Write(Mlp network, TrainingFacts? training, CancellationToken cancellationToken = default)
    {
        LatentPlanes planes = LatentNetwork.PlanesOf(network);
        float[] plane = new float[planes.Latents[0].Length];
        for (int channel = 0; channel < planes.Latents.Length; channel++)
            planes.Decode(channel, plane);
        ThinKernel kernel = ThinKernel.Of(InstructionSet.Scalar);
        using LatentWork work = WorkFor(planes.Encoding);
        return Write(
            network.Design, planes, LatentNetwork.ColorsOf(network), LatentEncoding.StepOf(network), LatentNetwork.EntropyOf(network, kernel),
            LatentSynthesis.NetworkOf(network, kernel).Parameters, training, work, cancellationToken);
    }

    /// <summary>Whether a stream has all numbers of a network as they are, as it has those of a trained one.</summary>
    public static bool IsExact(Mlp network)
    {
        static bool AreKept(float[] values, int unit, Func<float, int> toWhole) => values.All(value => toWhole(value) == value * unit);
        IReadOnlyList<EncodingTensor> tensors = network.EncodingTensors;
        return AreKept(tensors[LatentEncoding.LatentTensor].Values, 1, value => LatentPlanes.Bounded(MathF.Round(value))) &&
            AreKept(tensors[LatentEncoding.ColorTensor].Values, LatentColors.Unit, value => LatentColors.ToWhole(value)) &&
            tensors[LatentEncoding.StepTensor].Values[0] == LatentEncoding.StepOf(network) &&
            tensors.Skip(LatentEncoding.FirstEntropyTensor).Select(tensor => tensor.Values)
                .Concat(network.Layers.SelectMany(layer => new[] { layer.Weights, layer.Biases }))
                .All(values => AreKept(values, LatentWeight.Unit, LatentWeight.ToWhole));
    }

    /// <summary>The bytes of a network's parts.</summary>
    /// <param name="design">The network's design.</param>
    /// <param name="planes">The latents, decoded.</param>
    /// <param name="colors">The colours.</param>
    /// <param name="step">The quantisation step.</param>
    /// <param name="entropy">The entropy network.</param>
    /// <param name="layers">Of each layer the weights, then the biases.</param>
    /// <param name="training">The training behind it, or null.</param>
    /// <param name="work">The threads.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public static byte[] Write(
        MlpDesign design, LatentPlanes planes, LatentColors colors, float step, ThinNetwork entropy, ReadOnlySpan<float> layers,
        TrainingFacts? training, LatentWork work, CancellationToken cancellationToken)
    {
        byte[] description = Describe(design, colors, step, training);
        var encoder = new RangeEncoder();
        LatentStart start = ((LatentEncoding)design.Encoding).Start;
        LatentNumbers.Code(encoder, entropy.Parameters, start.Entropy);
        LatentNumbers.Code(encoder, layers.ToArray(), start.Layers(design));
        new LatentCoder(planes, entropy, work).Write(encoder, cancellationToken);
        return [.. description, .. encoder.Finish()];
    }

    /// <summary>The first bytes, which say what the others are.</summary>
    /// <param name="design">The network's design.</param>
    /// <param name="colors">Its colours.</param>
    /// <param name="step">Its quantisation step.</param>
    /// <param name="training">The training behind it, or null.</param>
    public static byte[] Describe(MlpDesign design, LatentColors colors, float step, TrainingFacts? training)
    {
        var encoding = (LatentEncoding)design.Encoding;
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write7BitEncodedInt(encoding.Width);
        writer.Write7BitEncodedInt(encoding.Height);
        writer.Write((byte)(encoding.Channels | (encoding.Levels << LevelShift) | (encoding.OwnStart is null ? 0 : HasStart)));
        if (encoding.OwnStart is LatentStart start)
        {
            WriteName(writer, start.Name);
            writer.Write(start.Checksum);
        }
        writer.Write(step);
        foreach (float value in colors.Values)
            writer.Write(LatentColors.ToWhole(value));
        writer.Write((byte)design.HiddenLayers.Count);
        foreach (int width in design.HiddenLayers)
            writer.Write7BitEncodedInt(width);
        writer.Write7BitEncodedInt(design.Seed);
        WriteFacts(writer, training);
        writer.Flush();
        return stream.ToArray();
    }

    /// <summary>Reads a network.</summary>
    /// <param name="bytes">What <see cref="Write(Mlp, TrainingFacts?, CancellationToken)"/> returned.</param>
    /// <param name="design">What the design has besides.</param>
    /// <param name="findStart">Finds the start that the bytes name.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="InvalidDataException">The bytes are no such network; the message says what is wrong.</exception>
    public static Mlp Read(
        ReadOnlyMemory<byte> bytes, MlpDesign design, LatentStartFinder findStart, CancellationToken cancellationToken = default)
    {
        using var stream = new MemoryStream(bytes.ToArray(), writable: false);
        using var reader = new BinaryReader(stream);
        try
        {
            int width = reader.Read7BitEncodedInt(), height = reader.Read7BitEncodedInt();
            byte shape = reader.ReadByte();
            var encoding = new LatentEncoding
            {
                Width = width,
                Height = height,
                Channels = shape & ChannelBits,
                Levels = shape >> LevelShift,
            };
            encoding.Validate();
            if ((shape & HasStart) != 0)
                encoding = encoding with { OwnStart = findStart(ReadName(reader, "start"), reader.ReadUInt32()) };
            float step = reader.ReadSingle();
            if (step is not (>= LatentEncoding.MinStep and <= LatentEncoding.MaxStep))
                throw new InvalidDataException(FormattableString.Invariant(
                    $"its quantisation step is {step}, and must be {LatentEncoding.MinStep} to {LatentEncoding.MaxStep}"));
            long pixels = (long)width * height;
            if (FrameBytes + bytes.Length < LeastLength(pixels))
                throw new InvalidDataException(
                    $"its picture has {pixels} pixels, more than a file of {FrameBytes + bytes.Length} bytes may hold");
            var colors = new LatentColors(new float[(encoding.Channels + 1) * encoding.Channels], encoding.Channels);
            foreach (ref float value in colors.Values.AsSpan())
                value = reader.ReadInt16() / (float)LatentColors.Unit;
            design = (design with { HiddenLayers = ReadLayers(reader), OutputCount = encoding.Channels, Seed = reader.Read7BitEncodedInt() })
                .With(encoding);
            design.Validate();
            TrainingFacts? facts = ReadFacts(reader, width, height, design.Seed);
            return ReadNumbers(bytes[(int)stream.Position..], design, colors, step, cancellationToken).WithTraining(facts);
        }
        catch (Exception exception) when (exception is EndOfStreamException or FormatException)
        {
            throw new InvalidDataException("it ends within its description", exception);
        }
        catch (ArgumentException exception)
        {
            throw new InvalidDataException($"its description is wrong: {exception.Message}", exception);
        }
    }

    private static Mlp ReadNumbers(
        ReadOnlyMemory<byte> bytes, MlpDesign design, LatentColors colors, float step, CancellationToken cancellationToken)
    {
        var decoder = new RangeDecoder(bytes);
        ThinNetwork entropy = LatentNetwork.CreateEntropy(ThinKernel.Of(InstructionSet.Scalar));
        LatentStart start = ((LatentEncoding)design.Encoding).Start;
        float[] layers = start.Layers(design);
        LatentNumbers.Code(decoder, entropy.Parameters, start.Entropy);
        LatentNumbers.Code(decoder, layers, start.Layers(design));
        var planes = new LatentPlanes((LatentEncoding)design.Encoding);
        using LatentWork work = WorkFor(planes.Encoding);
        new LatentCoder(planes, entropy, work).Read(decoder, cancellationToken);
        return LatentNetwork.Compose(design, planes, colors, step, entropy, layers);
    }

    /// <summary>
    /// The threads for a picture: for a small one they would take longer to begin than they save, and each takes memory for some rows.
    /// </summary>
    private static LatentWork WorkFor(LatentEncoding encoding) =>
        new((long)encoding.Width * encoding.Height < ManyPixels || encoding.Width > LongestRow ? 1 : null);

    private static int[] ReadLayers(BinaryReader reader)
    {
        int count = reader.ReadByte();
        if (count is < 1 or > LatentEncoding.MaxHiddenLayers)
            throw new InvalidDataException($"its network has {count} hidden layers, and the most is {LatentEncoding.MaxHiddenLayers}");
        int[] widths = new int[count];
        for (int i = 0; i < count; i++)
            widths[i] = reader.Read7BitEncodedInt() is int width and >= 1 and <= LatentEncoding.MaxHiddenWidth ? width
                : throw new InvalidDataException($"its network has a layer of other than 1 to {LatentEncoding.MaxHiddenWidth} neurons");
        return widths;
    }

    // A name without bytes is of no training.
    private static void WriteFacts(BinaryWriter writer, TrainingFacts? training)
    {
        string name = training is null ? "" : Shortened(ShortName.Of(training.PictureName));
        WriteName(writer, name);
        if (name.Length == 0)
            return;
        writer.Write7BitEncodedInt(training!.Epochs);
        writer.Write((ushort)Math.Clamp(Math.Round((training.Psnr ?? 0) * 100), 0, ushort.MaxValue));
    }

    private static TrainingFacts? ReadFacts(BinaryReader reader, int width, int height, int seed)
    {
        string name = ReadName(reader, "picture");
        if (name.Length == 0)
            return null;
        int epochs = reader.Read7BitEncodedInt();
        double psnr = reader.ReadUInt16() / 100.0;
        return new TrainingFacts
        {
            PictureName = name,
            PictureWidth = width,
            PictureHeight = height,
            Epochs = Math.Max(epochs, 0),
            Psnr = psnr > 0 ? psnr : null,
            PsnrLost = 0,
            Optimizer = Optimizer.Adam,
            Seed = seed,
            Provider = nameof(ComputeProvider.Managed),
        };
    }

    private static void WriteName(BinaryWriter writer, string name)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(name);
        writer.Write((byte)bytes.Length);
        writer.Write(bytes);
    }

    private static string ReadName(BinaryReader reader, string subject)
    {
        string name = Encoding.UTF8.GetString(reader.ReadBytes(reader.ReadByte()));
        return ShortName.IsValid(name) ? name
            : throw new InvalidDataException($"the name of its {subject} is no name: it is a path, or has control characters");
    }

    private static string Shortened(string name)
    {
        while (Encoding.UTF8.GetByteCount(name) > MostNameBytes)
            name = name[..^1];
        return name;
    }
}
