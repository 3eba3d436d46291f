using System.Management.Automation;

namespace MonaLisa.Shell.Terminal;

/// <summary>The progress records that are under way, each below its parent, in the order of their first appearance.</summary>
internal sealed class ProgressTree
{
    private readonly List<Node> _nodes = [];

    public bool IsEmpty => _nodes.Count == 0;

    /// <summary>Takes in a record.</summary>
    /// <returns>Whether a record came or went, so that the display changes its shape.</returns>
    public bool Update(long sourceId, ProgressRecord record)
    {
        int index = _nodes.FindIndex(node => node.Is(sourceId, record.ActivityId));
        if (record.RecordType == ProgressRecordType.Completed)
        {
            if (index < 0)
                return false;
            Remove(_nodes[index]);
            return true;
        }

        var updated = new Node(sourceId, record);
        if (index >= 0)
            _nodes[index] = updated;
        else
            _nodes.Add(updated);
        return index < 0;
    }

    public void Clear() => _nodes.Clear();

    /// <summary>Every record with its depth, parents before their children.</summary>
    public IEnumerable<(ProgressRecord Record, int Depth)> Flatten() =>
        _nodes.Where(node => Parent(node) is null).SelectMany(node => Flatten(node, 0));

    private IEnumerable<(ProgressRecord Record, int Depth)> Flatten(Node node, int depth)
    {
        yield return (node.Record, depth);
        foreach (Node child in _nodes.Where(other => Parent(other) == node))
        {
            foreach (var descendant in Flatten(child, depth + 1))
                yield return descendant;
        }
    }

    private void Remove(Node node)
    {
        foreach (Node child in _nodes.Where(other => Parent(other) == node).ToArray())
            Remove(child);
        _nodes.Remove(node);
    }

    // A record may only hang below one that came before it: two that name each other would never be drawn, or never end.
    private Node? Parent(Node node) =>
        _nodes.TakeWhile(other => other != node)
            .FirstOrDefault(other => other.Is(node.SourceId, node.Record.ParentActivityId));

    private sealed record Node(long SourceId, ProgressRecord Record)
    {
        public bool Is(long sourceId, int activityId) => SourceId == sourceId && Record.ActivityId == activityId;
    }
}
