// What Gephi has read of the files named, a line each: its own readers, parallel ties as they come.

import java.io.File;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.gephi.graph.api.Column;
import org.gephi.graph.api.Edge;
import org.gephi.graph.api.Graph;
import org.gephi.graph.api.GraphController;
import org.gephi.graph.api.GraphModel;
import org.gephi.graph.api.Node;
import org.gephi.io.importer.api.Container;
import org.gephi.io.importer.api.ImportController;
import org.gephi.io.processor.plugin.AppendProcessor;
import org.gephi.io.processor.plugin.DefaultProcessor;
import org.gephi.project.api.ProjectController;
import org.gephi.project.api.Workspace;
import org.openide.util.Lookup;

public class gephi {
  public static void main(String[] names) throws Exception {
    ProjectController projects = Lookup.getDefault().lookup(ProjectController.class);
    projects.newProject();
    Workspace workspace = projects.getCurrentWorkspace();
    ImportController importer = Lookup.getDefault().lookup(ImportController.class);
    for (int at = 0; at < names.length; at++) {
      Container read = importer.importFile(new File(names[at]));
      importer.process(read, at == 0 ? new DefaultProcessor() : new AppendProcessor(), workspace);
    }
    told(Lookup.getDefault().lookup(GraphController.class).getGraphModel(workspace));
    System.exit(0);
  }

  static void told(GraphModel model) {
    Graph graph = model.getGraph();
    for (Node node : graph.getNodes().toArray()) {
      Column places = model.getNodeTable().getColumn("places");
      line("thing", node.getId(), node.getLabel(), node.x(), node.y(), node.getColor().getRGB(),
          places == null ? null : places.getTypeClass().getSimpleName());
    }
    for (Edge edge : graph.getEdges().toArray()) {
      line("tie", edge.getId(), edge.getSource().getId(), edge.getTarget().getId(),
          edge.isDirected(), edge.getWeight(), edge.getTypeLabel());
    }
  }

  static void line(Object... values) {
    StringBuilder said = new StringBuilder();
    for (Object value : values) {
      String text = value == null ? "" : value.toString();
      said.append(URLEncoder.encode(text, StandardCharsets.UTF_8)).append(' ');
    }
    System.out.println(said);
  }
}
