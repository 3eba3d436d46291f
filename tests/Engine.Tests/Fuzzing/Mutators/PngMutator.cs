using System.Buffers.Binary;

namespace MonaLisa.Engine.Tests;

/// <summary>Damages what is in a PNG's chunks and corrects their checksums, without which a decoder looks no further.</summary>
internal static class PngMutator
{
    private const int SignatureLength = 8, FrameLength = 12, TypeLength = 4;

    /// <summary>A damaged copy, as a rule with good checksums.</summary>
    public static byte[] Mutate(byte[] file, Random random)
    {
        if (random.Next(4) == 0)
            return ByteMutator.Mutate(file, random);
        List<byte[]> chunks = [];
        for (int start = SignatureLength; start + FrameLength <= file.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(start));
            chunks.Add(file[(start + TypeLength)..(start + TypeLength + TypeLength + length)]);
            start += FrameLength + length;
        }
        for (int rounds = random.Next(1, 3); rounds > 0; rounds--)
            Damage(chunks, random);
        return PngFile.Join(chunks);
    }

    private static void Damage(List<byte[]> chunks, Random random)
    {
        int place = random.Next(chunks.Count);
        byte[] chunk = chunks[place];
        switch (random.Next(8))
        {
            case 0:
                chunks.Insert(random.Next(chunks.Count), chunk);
                break;
            case 1:
                chunks.RemoveAt(place);
                if (chunks.Count == 0)
                    chunks.Add(chunk);
                break;
            default:
                byte[] data = ByteMutator.MutateOnce(chunk[TypeLength..], random);
                chunks[place] = [.. chunk[..TypeLength], .. data];
                break;
        }
    }
}
